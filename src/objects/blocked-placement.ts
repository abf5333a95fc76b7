import type { Confidence, Gap } from '../model/finding.ts';
import type { Node, Pod } from '../model/kubernetes.ts';
import { condition } from './condition.ts';
import { type Operator, podGap } from './operator.ts';
import { type Candidate, candidates, type Obstacle, unschedulable } from './placement.ts';
import { nameOf } from './reference.ts';

/** Operator pods that no node takes, and what stands in the way on each candidate. */
export interface BlockedPlacement {
  pods: Pod[];
  gaps: Gap[];
  candidates: Candidate[];
  /** The scheduler's own words about the first pod. */
  words: { text: string; source: string }[];
  since: string | null;
}

/** null when every pod has a node, when the scheduler has not spoken, or when some candidate would take the pod by now. */
export function blockedPlacement(
  operator: Operator,
  nodes: readonly Node[] | null,
  others: readonly Pod[] | null | undefined,
): BlockedPlacement | null {
  const pods = unschedulable(operator.pods);
  const [pod] = pods;
  if (!pod || !nodes) return null;
  const found = candidates(pod, nodes, others);
  if (found.some((one) => one.obstacles.length === 0)) return null;
  const scheduled = condition(pod.status?.conditions, 'PodScheduled');
  const source = `pod/${nameOf(pod)} status.conditions[PodScheduled]`;
  return {
    pods,
    gaps: pods.map(podGap),
    candidates: found,
    words: scheduled?.message ? [{ text: scheduled.message, source }] : [],
    since: scheduled?.lastTransitionTime ?? null,
  };
}

/** Candidates that have an obstacle of this kind, and whether it is the first thing to mend on any of them. */
export function obstructed<Kind extends Obstacle['kind']>(
  blocked: BlockedPlacement,
  kind: Kind,
  which: (obstacle: Extract<Obstacle, { kind: Kind }>) => boolean = () => true,
): {
  names: string[];
  obstacles: Extract<Obstacle, { kind: Kind }>[];
  /** Each obstacle with the node on which it stands. */
  hits: { name: string; node: Node; obstacle: Extract<Obstacle, { kind: Kind }> }[];
  first: boolean;
} {
  const is = (one: Obstacle): one is Extract<Obstacle, { kind: Kind }> =>
    one.kind === kind && which(one as Extract<Obstacle, { kind: Kind }>);
  const hit = blocked.candidates.filter((one) => one.obstacles.some(is));
  return {
    names: hit.map((one) => one.name),
    obstacles: hit.flatMap((one) => one.obstacles.filter(is)),
    hits: hit.flatMap(({ name, node, obstacles }) =>
      obstacles.filter(is).map((obstacle) => ({ name, node, obstacle })),
    ),
    first: hit.some((one) => one.obstacles[0] !== undefined && is(one.obstacles[0])),
  };
}

/** `all 3 nodes that may run virt-operator`, `both nodes …`, `2 of the 3 nodes …`. */
export function share(blocked: BlockedPlacement, names: readonly string[]): string {
  const total = blocked.candidates.length;
  if (names.length < total) return `${names.length} of the ${total} nodes that may run virt-operator`;
  const all = ['', 'the only node', 'both nodes'][total] ?? `all ${total} nodes`;
  return `${all} that may run virt-operator`;
}

/** Where it is not known what stands in the way on some candidate, the others may not be all there is to say. */
export function sureness({ candidates }: BlockedPlacement): Confidence {
  return candidates.some(({ obstacles }) => obstacles[0]?.kind === 'unknown') ? 'likely' : 'certain';
}
