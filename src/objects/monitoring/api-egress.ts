import type { EvidenceItem } from '../../model/finding.ts';
import type { KubernetesEvent, NetworkPolicy } from '../../model/kubernetes.ts';
import { crashesOf } from '../container/crash-class.ts';
import { nameOf } from '../meta/reference.ts';
import type { Operator } from '../operator/operator.ts';
import { closingEgress } from './network-policy.ts';

interface Seen {
  readonly readAt: string;
  readonly events?: readonly KubernetesEvent[] | null | undefined;
  readonly networkPolicies?: readonly NetworkPolicy[] | null | undefined;
}

/** The policies that may be why operator pods end for want of the API server; null where none of them is closed to it. */
export function egressEvidence(
  operator: Operator,
  seen: Seen,
): { policies: string[]; sure: boolean; evidence: EvidenceItem[] } | null {
  const cut = crashesOf(operator, seen, 'crash-api-unreachable').map(({ pod }) => pod);
  const closed = cut.map((pod) => closingEgress(seen.networkPolicies, pod));
  const policies = [...new Set(closed.flatMap((one) => one.policies.map(nameOf)))];
  if (policies.length === 0) return null;
  const sure = closed.every((one) => one.sure);
  const text = sure
    ? 'it selects the operator pods, and no egress rule admits the API server'
    : 'it selects the operator pods, and its egress rules admit only other pods';
  const namespace = cut[0]?.metadata?.namespace ?? '';
  return {
    policies,
    sure,
    evidence: policies.map((name) => ({ text, source: `networkpolicy/${name} in ${namespace}` })),
  };
}
