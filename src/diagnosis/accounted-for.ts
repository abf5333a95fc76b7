import type { Gap } from '../model/finding.ts';
import { MOST_GAPS } from '../objects/operator/operator.ts';

/** What a cause accounts for, where it does not account for all: `pod virt-operator-x and 1 pod not created`; '' where that is the Deployment, which such a cause names itself. */
export function accountedFor(gaps: readonly Gap[]): string {
  const pods = gaps.filter((gap) => gap.startsWith('pod/')).map((gap) => gap.slice('pod/'.length));
  const uncreated = gaps.filter((gap) => gap.startsWith('uncreated/')).length;
  const parts = [
    ...(pods.length > 0 ? [`${pods.length === 1 ? 'pod' : 'pods'} ${names(pods)}`] : []),
    ...(uncreated > 0
      ? [`${uncreated >= MOST_GAPS ? 'at least ' : ''}${uncreated} ${uncreated === 1 ? 'pod' : 'pods'} not created`]
      : []),
    ...(gaps.includes('rollout') ? ['the roll-out'] : []),
    ...(gaps.includes('leader') ? ['the lease'] : []),
    ...(gaps.includes('lasting') ? ['how long pods last'] : []),
    ...(gaps.includes('resource') ? ['the KubeVirt resource'] : []),
  ];
  return parts.join(' and ');
}

/** The first three, and how many more there are. */
function names(pods: readonly string[]): string {
  const more = pods.length > 3 ? ` and ${pods.length - 3} more` : '';
  return `${pods.slice(0, 3).join(', ')}${more}`;
}
