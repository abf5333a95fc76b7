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
  return lastOf(object, (fields) => owns(fields, path));
}

/** Who last wrote one value of a list of texts, such as one finalizer (sigs.k8s.io/structured-merge-diff v6 fieldpath/serialize-pe.go: `v:` and the value). */
export function lastItemWriter(object: KubernetesObject, path: readonly string[], value: string): FieldWriter | null {
  return lastOf(object, (fields) => Object.hasOwn(at(fields, path) ?? {}, `v:${JSON.stringify(value)}`));
}

function lastOf(object: KubernetesObject, isOwner: (fields: unknown) => boolean): FieldWriter | null {
  const writers = list(object.metadata?.managedFields)
    .filter((entry) => isOwner(entry.fieldsV1))
    .map((entry) => ({
      manager: entry.manager ?? 'unknown',
      subresource: entry.subresource || null,
      time: entry.time ?? null,
    }));
  return writers.sort((a, b) => (millis(b.time) ?? 0) - (millis(a.time) ?? 0))[0] ?? null;
}

function owns(fields: unknown, path: readonly string[]): boolean {
  return at(fields, path) !== undefined;
}

/** What a set of fields says below a path; undefined where it does not hold it. */
function at(fields: unknown, path: readonly string[]): object | undefined {
  const inner = path.reduce<unknown>(
    (outer, key) => (outer as Record<string, unknown> | null | undefined)?.[`f:${key}`],
    fields,
  );
  return typeof inner === 'object' && inner !== null ? inner : undefined;
}

/** Who wrote a field, as evidence: `last written by kubectl (scale) at 2026-08-21T09:12:40Z`, or that the object does not know: the server may forget it (Kubernetes 1.36 does so at `kubectl scale`). */
export function writerEvidence(object: KubernetesObject, writer: FieldWriter | null): EvidenceItem[] {
  const source = `${nameOf(object)} metadata.managedFields`;
  if (!writer) return [{ text: "no field manager owns it: only the API server's audit log says who wrote it", source }];
  const { manager, subresource, time } = writer;
  const text = `last written by ${manager}${subresource ? ` (${subresource})` : ''}${time ? ` at ${time}` : ''}`;
  return [{ text, source }];
}
