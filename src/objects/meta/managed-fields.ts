import type { EvidenceItem } from '../../model/finding.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { list } from './list.ts';
import { nameOf } from './reference.ts';
import { millis } from './time.ts';

export interface FieldWriter {
  manager: string;
  subresource: string | null;
  time: string | null;
}

/** Who last wrote a field, by `metadata.managedFields`; `path` such as `['spec', 'replicas']`. A program's name, not a person's: that only the audit log knows. */
export function lastWriter(object: KubernetesObject, path: readonly string[]): FieldWriter | null {
  const writers = list(object.metadata?.managedFields)
    .filter((entry) => owns(entry.fieldsV1, path))
    .map((entry) => ({
      manager: entry.manager ?? 'unknown',
      subresource: entry.subresource || null,
      time: entry.time ?? null,
    }));
  return writers.sort((a, b) => (millis(b.time) ?? 0) - (millis(a.time) ?? 0))[0] ?? null;
}

function owns(fields: unknown, path: readonly string[]): boolean {
  const [head, ...rest] = path;
  if (head === undefined) return true;
  const inner = (fields as Record<string, unknown> | null | undefined)?.[`f:${head}`];
  return inner !== undefined && owns(inner, rest);
}

/** Who wrote a field, as evidence: `last written by kubectl (scale) at 2026-08-21T09:12:40Z`, or that the object does not know: the server may forget it (Kubernetes 1.36 does so at `kubectl scale`). */
export function writerEvidence(object: KubernetesObject, writer: FieldWriter | null): EvidenceItem[] {
  const source = `${nameOf(object)} metadata.managedFields`;
  if (!writer) return [{ text: "no field manager owns it: only the API server's audit log says who wrote it", source }];
  const { manager, subresource, time } = writer;
  const text = `last written by ${manager}${subresource ? ` (${subresource})` : ''}${time ? ` at ${time}` : ''}`;
  return [{ text, source }];
}
