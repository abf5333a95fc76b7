import type { EvidenceItem } from '../../model/finding.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { type FieldWriter, lastItemWriter } from '../meta/managed-fields.ts';
import { nameOf } from '../meta/reference.ts';

/** virt-operator's own finalizer, and its name since v1.9.0 (KubeVirt pkg/virt-operator/util/client.go); those of the garbage collector. */
const KNOWN = ['foregroundDeleteKubeVirt', 'kubevirt.io/foregroundDeleteKubeVirt', 'foregroundDeletion', 'orphan'];

export interface ForeignFinalizer {
  name: string;
  writer: FieldWriter | null;
}

/** The finalizers of a KubeVirt resource that virt-operator knows nothing of, and who wrote each. */
export function foreignFinalizers(kubevirt: KubernetesObject): ForeignFinalizer[] {
  return list(kubevirt.metadata?.finalizers)
    .filter((name) => !KNOWN.includes(name))
    .map((name) => ({ name, writer: lastItemWriter(kubevirt, ['metadata', 'finalizers'], name) }));
}

/** Whether virt-operator has still to uninstall: its own finalizer is there. */
export function awaitsOperator(kubevirt: KubernetesObject): boolean {
  return list(kubevirt.metadata?.finalizers).some((name) => KNOWN.slice(0, 2).includes(name));
}

/** Who put it there, as far as its object knows. */
export function foreignEvidence(kubevirt: KubernetesObject, { name, writer }: ForeignFinalizer): EvidenceItem {
  const who = writer
    ? `put there by ${writer.manager}${writer.time ? ` at ${writer.time}` : ''}`
    : 'nothing says by whom';
  return {
    text: `${name}, which is not KubeVirt's: ${who}`,
    source: `kubevirt/${nameOf(kubevirt)} metadata.finalizers`,
  };
}
