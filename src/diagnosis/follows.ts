import type { Rule } from '../model/rule.ts';
import { RUNGS, type Rung } from '../model/rung.ts';
import type { Observed } from './evaluate.ts';

/** What keeps pods from being made or placed, or ends them, does so whatever else keeps them from being made. */
const ON_THEIR_OWN: readonly Rung[] = ['replicaset', 'scheduling', 'node', 'container-start', 'container-run'];
const ABOUT_NODES: readonly Rung[] = ['scheduling', 'node'];
/** What a node that is lost takes with it; other objects that are wrong stay so. */
const STATE: readonly string[] = ['Pod', 'Node', 'Lease'];
/** What somebody asked of nodes, or what they hold, stays as it is when their kubelets are heard again. */
const OF_NODES: readonly string[] = [
  'cordoned',
  'taint-untolerated-custom',
  'node-selector-mismatch',
  'no-control-plane-node',
  'insufficient-memory',
  'too-many-pods',
];
const NOTHING_MADE: readonly Rung[] = ['deployment', 'replicaset'];

/** Whether an observation is what a root brings about: it stands later on the ladder, and not there on its own. */
export function follows(one: Observed, root: Observed): boolean {
  const { rule, observation } = one;
  const { rung, surplus } = root.rule;
  if (RUNGS.indexOf(rule.rung) <= RUNGS.indexOf(rung)) return false;
  if (surplus || rule.follows?.includes(rung)) return true;
  if (NOTHING_MADE.includes(rung)) return !ON_THEIR_OWN.includes(rule.rung);
  // A namespace takes all with it that is in it, and nothing of the cluster.
  if (rung === 'namespace') return observation.object.namespace !== null;
  // What is not installed takes no node away.
  if (rung === 'install' && observation.object.kind === 'Node') return false;
  return goesWith(one, root);
}

/** Whether it would be gone with a root about what pods run on. */
function goesWith({ rule, observation }: Observed, { rule: root }: Observed): boolean {
  if (isBroughtAlong(rule, root)) return false;
  if (observation.confidence !== 'certain') return true;
  // A scheduler that stands still changes no object.
  if (root.code === 'scheduler-down') return false;
  if (root.rung === 'control-plane') return rule.rung !== 'replicaset' && !OF_NODES.includes(rule.code);
  return !ABOUT_NODES.includes(root.rung) || STATE.includes(observation.object.kind);
}

/** Whether a cause stays when a node, or what gives pods their nodes, works again. */
export function isBroughtAlong({ onAnyNode }: Rule, root: Rule): boolean {
  return onAnyNode === true && [...ABOUT_NODES, 'control-plane'].includes(root.rung);
}
