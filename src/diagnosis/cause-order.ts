import type { Gap } from '../model/finding.ts';
import type { Observed } from './evaluate.ts';

/** A root, the gaps that it accounts for, and what follows from it. */
export interface Cause {
  root: Observed;
  gaps: Gap[];
  consequences: Observed[];
}

/**
 * That nobody leads any more is the outage; else the cause that accounts for most comes first. The ladder decides between equals.
 * Where nobody ever led, nothing was lost by that: there what keeps pods away comes first.
 */
export function byWeight(causes: readonly Cause[], hasLed: boolean): Cause[] {
  const isOutage = !causes.some(crashesBeside);
  const weight = (cause: Cause) => {
    if (!hasLed) return cause.gaps.filter((gap) => !ABOUT_LEADING.includes(gap)).length;
    return cause.gaps.length + (isOutage && leadsNothing(cause) ? MOST : 0);
  };
  return causes.toSorted((a, b) => weight(b) - weight(a));
}

const ABOUT_LEADING: readonly Gap[] = ['leader', 'resource'];
/** More than there are gaps. */
const MOST = 1000;

function leadsNothing({ root, gaps }: Cause): boolean {
  return gaps.includes('leader') && root.observation.confidence !== 'possible';
}

/** What ends one pod of the present template would end those that take the others' place. */
function crashesBeside({ root, gaps }: Cause): boolean {
  return root.rule.rung === 'container-run' && !gaps.includes('leader') && !gaps.includes('rollout');
}
