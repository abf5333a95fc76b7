import type { NotChecked, OperatorReport } from '../model/report.ts';

/** What the verdict needs most, first (see diagnosis/verdict.ts). */
const WEIGHT = ['pods', 'deployments', 'replicasets', 'leases', 'namespaces', 'events'];

/** What only tells more of the impact, and never decides. */
const OF_IMPACT = ['apiservices', 'configmaps', 'daemonsets'];

/** Whether a right that is missing would only tell more of the impact. */
export function isOfImpact({ needs }: NotChecked): boolean {
  return OF_IMPACT.includes(needs?.resource ?? '');
}

/** What was not read, in one order however the answers came in: what the verdict needs first, then what is in the operator's namespace, what only alerts are about last. */
export function unreadByWeight({ notChecked, operator }: OperatorReport): NotChecked[] {
  const weight = (one: NotChecked) => {
    const { needs } = one;
    const near = needs === null || needs.namespace === operator.namespace || needs.resource === 'namespaces';
    const own = near && needs?.group !== 'monitoring.coreos.com';
    const index = WEIGHT.indexOf(needs?.resource ?? '');
    return (own ? 0 : 100) + (isOfImpact(one) ? 200 : 0) + (index < 0 ? WEIGHT.length : index);
  };
  return notChecked.toSorted((a, b) => weight(a) - weight(b) || compare(a.what, b.what));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
