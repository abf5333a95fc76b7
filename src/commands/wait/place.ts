import type { Evidence } from '../../model/evidence.ts';

/** Where virt-operator's objects are. */
export interface Place {
  namespace: string;
  name: string;
}

/** Where what was read has them; null when its namespace was not found. */
export function placeIn({ namespace, reads }: Evidence): Place | null {
  const name = reads.deployment.status === 'read' ? reads.deployment.value.metadata?.name : null;
  return namespace === null ? null : { namespace, name: name ?? 'virt-operator' };
}
