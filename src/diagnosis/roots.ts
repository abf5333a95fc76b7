import type { Gap } from '../model/finding.ts';
import type { Rule } from '../model/rule.ts';
import { RUNGS, type Rung } from '../model/rung.ts';
import type { Observed } from './evaluate.ts';
import { replacesPods } from './replaces-pods.ts';

export interface Roots {
  /** Most important first; what follows from each is with it, and the gaps that it accounts for. */
  causes: { root: Observed; gaps: Gap[]; consequences: Observed[] }[];
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
  const rest = sorted.filter((one) => !roots.includes(one));
  const causes = roots.map((root) => ({
    root,
    gaps: gaps.filter((gap) => rootsOf.get(gap)?.includes(root)),
    consequences: rest.filter(
      (one) => follows(one, root) && one.observation.explains.some((gap) => rootsOf.get(gap)?.[0] === root),
    ),
  }));
  const folded = new Set(causes.flatMap((cause) => cause.consequences));
  const left = rest.filter((one) => !folded.has(one));
  const next = causes.length > 0 ? left.filter((one) => comesNext(one, gaps, roots)) : [];
  return { causes: byWeight(causes, hasLed), next, findings: left.filter((one) => !next.includes(one)) };
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

/** What keeps pods from being made or placed, or ends them, does so whatever else keeps them from being made. */
const ON_THEIR_OWN: readonly Rung[] = ['replicaset', 'scheduling', 'node', 'container-start', 'container-run'];
const ABOUT_NODES: readonly Rung[] = ['scheduling', 'node'];
/** What a node that is lost takes with it; other objects that are wrong stay so. */
const STATE: readonly string[] = ['Pod', 'Node', 'Lease'];
const NOTHING_MADE: readonly Rung[] = ['deployment', 'replicaset'];

function follows({ rule, observation }: Observed, { rule: root }: Observed): boolean {
  if (RUNGS.indexOf(rule.rung) <= RUNGS.indexOf(root.rung)) return false;
  if (root.surplus || rule.follows?.includes(root.rung)) return true;
  if (NOTHING_MADE.includes(root.rung)) return !ON_THEIR_OWN.includes(rule.rung);
  // A namespace takes all with it that is in it, and nothing of the cluster.
  if (root.rung === 'namespace') return observation.object.namespace !== null;
  // What is not installed takes no node away.
  if (root.rung === 'install' && observation.object.kind === 'Node') return false;
  if (isBroughtAlong(rule, root)) return false;
  if (observation.confidence !== 'certain') return true;
  // A scheduler that stands still changes no object.
  if (root.code === 'scheduler-down') return false;
  if (root.rung === 'control-plane') return rule.rung !== 'replicaset';
  return !ABOUT_NODES.includes(root.rung) || STATE.includes(observation.object.kind);
}

/** Whether a cause stays when a node, or what gives pods their nodes, works again. */
function isBroughtAlong({ onAnyNode }: Rule, root: Rule): boolean {
  return onAnyNode === true && [...ABOUT_NODES, 'control-plane'].includes(root.rung);
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

/**
 * That nobody leads any more is the outage; else the cause that accounts for most comes first. The ladder decides between equals.
 * Where nobody ever led, nothing was lost by that: there what keeps pods away comes first.
 */
function byWeight(causes: Roots['causes'], hasLed: boolean): Roots['causes'] {
  const isOutage = !causes.some(crashesBeside);
  const weight = (cause: Cause) => {
    if (!hasLed) return cause.gaps.filter((gap) => !ABOUT_LEADING.includes(gap)).length;
    return cause.gaps.length + (isOutage && leadsNothing(cause) ? MOST : 0);
  };
  return causes.toSorted((a, b) => weight(b) - weight(a));
}

const ABOUT_LEADING: readonly Gap[] = ['leader', 'resource'];
type Cause = Roots['causes'][number];
/** More than there are gaps. */
const MOST = 1000;

function leadsNothing({ root, gaps }: Cause): boolean {
  return gaps.includes('leader') && root.observation.confidence !== 'possible';
}

/** What ends one pod of the present template would end those that take the others' place. */
function crashesBeside({ root, gaps }: Cause): boolean {
  return root.rule.rung === 'container-run' && !gaps.includes('leader') && !gaps.includes('rollout');
}
