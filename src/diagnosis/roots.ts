import type { Gap } from '../model/finding.ts';
import { RUNGS } from '../model/rung.ts';
import { byWeight, type Cause } from './cause-order.ts';
import type { Observed } from './evaluate.ts';
import { follows, isBroughtAlong } from './follows.ts';
import { isBroughtDown, isRival } from './lost-leases.ts';
import { changesTemplate, replacesPods } from './replaces-pods.ts';

export interface Roots {
  /** Most important first. */
  causes: Cause[];
  /** Not causes, but proved to stop the pods once the causes are mended. */
  next: Observed[];
  findings: Observed[];
}

/**
 * Walks each gap to the first rung that accounts for it. What explains the same gap on a later rung is a consequence of that root,
 * unless it stands there on its own: then it is what stops the pods next, like what stands beside the root on its own rung.
 * Observations on one place of the ladder are causes side by side. A mere possibility never beats something surer.
 * `hasLed` is false where no operator has ever held the lease.
 */
export function findRoots(gaps: readonly Gap[], observed: readonly Observed[], hasLed: boolean): Roots {
  const sorted = observed.filter((one) => !isNeedless(one, observed)).sort(compare);
  const rootsOf = new Map<Gap, Observed[]>(gaps.map((gap) => [gap, first(sorted.filter((one) => explains(one, gap)))]));
  const roots = sorted.filter((one) => [...rootsOf.values()].some((some) => some.includes(one)));
  const rest = sorted.filter((one) => !roots.includes(one) && !roots.some((root) => isRival(one, root)));
  const causes = roots.map((root) => ({
    root,
    gaps: gaps.filter((gap) => rootsOf.get(gap)?.includes(root)),
    consequences: rest.filter(
      (one) =>
        isBroughtDown(one, root) ||
        (follows(one, root) && one.observation.explains.some((gap) => rootsOf.get(gap)?.[0] === root)),
    ),
  }));
  const folded = new Set(causes.flatMap((cause) => cause.consequences));
  const left = rest.filter((one) => !folded.has(one));
  const next = causes.length > 0 ? left.filter((one) => comesNext(one, gaps, roots)) : [];
  const findings = left.filter((one) => !next.includes(one) && !next.some((other) => isToldBy(other, one)));
  return { causes: byWeight(causes, hasLed), next, findings };
}

/** Whether a mere possibility may be what something surer brings about. */
function isToldBy(other: Observed, one: Observed): boolean {
  const isRelated = one.rule.related.includes(other.rule.code);
  return one.observation.confidence === 'possible' && isRelated && follows(one, other);
}

/** What is told only where nothing else accounts for the same, and something does. */
function isNeedless({ rule, observation }: Observed, observed: readonly Observed[]): boolean {
  const others = observed.filter((one) => one.rule.lastResort !== true);
  return rule.lastResort === true && observation.explains.every((gap) => others.some((one) => explains(one, gap)));
}

function first(candidates: readonly Observed[]): Observed[] {
  const sure = candidates.filter((one) => one.observation.confidence !== 'possible');
  const strongest = sure.length > 0 ? sure : candidates;
  const [top] = strongest;
  return top ? strongest.filter((one) => place(one) === place(top)) : [];
}

/** Only what objects prove: words are about what came first. */
function comesNext({ rule, observation }: Observed, gaps: readonly Gap[], roots: readonly Observed[]): boolean {
  const ailing = roots.filter((root) => root.rule.rung === 'control-plane');
  if (rule.rung === 'control-plane' && ailing.length > 0) {
    // An API server that does not serve them brings the others down; of those each has to be mended for itself.
    return observation.next === true && ailing.every((root) => (root.rule.order ?? 0) >= 0);
  }
  if (observation.next) return true;
  const explainsGap = observation.explains.some((gap) => gaps.includes(gap));
  if (explainsGap && observation.confidence === 'likely' && roots.some((root) => isBroughtAlong(rule, root.rule)))
    return true;
  // A template that is changed is not rolled out while the Deployment is paused (kubectl undoes no such roll-out either).
  if (rule.code === 'deployment-paused' && roots.some(changesTemplate)) return true;
  // The pods that take the place of those that are deleted must be made first.
  if (roots.some(replacesPods) && rule.rung === 'replicaset' && observation.confidence === 'certain') return true;
  return observation.confidence === 'certain' && explainsGap;
}

function explains(observed: Observed, gap: Gap): boolean {
  return observed.observation.explains.includes(gap);
}

/** One number for rung and order, so that places compare; what the API server names, and objects confirm, comes first on its rung. */
function place({ rule, observation }: Observed): number {
  const named = observation.told === true && observation.confidence === 'certain';
  const order = named ? -1 : (rule.order ?? 0);
  return RUNGS.indexOf(rule.rung) * 1000 + order;
}

function compare(a: Observed, b: Observed): number {
  return place(a) - place(b) || a.rule.code.localeCompare(b.rule.code, 'en');
}
