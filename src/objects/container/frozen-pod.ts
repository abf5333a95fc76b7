import type { Gap } from '../../model/finding.ts';
import type { Pod } from '../../model/kubernetes.ts';
import type { Operator } from '../operator/operator.ts';

/**
 * What it means for the lease that pods do not run although their status says so: where no other pod is Ready, nobody can lead.
 * `frozen`: pods whose node is gone or silent.
 */
export function frozenLeader(operator: Operator, frozen: readonly Pod[]): Gap[] {
  return operator.ready.length > 0 && operator.ready.every((pod) => frozen.includes(pod)) ? ['leader'] : [];
}
