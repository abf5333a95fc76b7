import { type BlockedPlacement, blockedPlacements } from '../objects/placement/blocked-placement.ts';
import type { Candidate, Obstacle } from '../objects/placement/placement.ts';
import { type Context, known } from './context.ts';

/** What keeps the operator's pods off every node, as the rules about nodes see it. */
function blockedBy({ evidence, finding }: Context): BlockedPlacement[] {
  const seen = {
    deployment: known(evidence, 'deployment'),
    replicaSets: known(evidence, 'replicaSets'),
    pods: known(evidence, 'pods'),
    nodes: known(evidence, 'nodes'),
    nodePods: known(evidence, 'nodePods'),
  };
  const blocked = blockedPlacements(seen);
  // What is in the way of pods that are yet to come is not in the way of those that are there.
  return blocked.length === 0 && finding.next ? blockedPlacements({ ...seen, pods: [] }) : blocked;
}

/** The candidate on which an obstacle of this sort stands alone; else the first that has one at all. One node is enough to run virt-operator. */
export function nodeToClear(context: Context, is: (obstacle: Obstacle) => boolean): Candidate | null {
  const candidates = blockedBy(context).flatMap((blocked) => blocked.candidates);
  const hit = candidates.filter(({ obstacles }) => obstacles.some(is));
  const alone = hit.find(({ obstacles }) => obstacles.every((one) => is(one) || one.kind === 'unknown'));
  return alone ?? hit[0] ?? null;
}
