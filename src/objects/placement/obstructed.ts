import type { Confidence, Gap, ObjectReference } from '../../model/finding.ts';
import type { Deployment, Node } from '../../model/kubernetes.ts';
import { reference } from '../meta/reference.ts';
import type { BlockedPlacement } from './blocked-placement.ts';
import { nearest } from './nearest-node.ts';
import type { Obstacle } from './placement.ts';

/** The first of the pods, or the Deployment where none was made yet. */
export function nextOrFirst({ pods }: BlockedPlacement, deployment: Deployment | null | undefined): ObjectReference {
  return pods[0] ? reference('Pod', pods[0]) : reference('Deployment', deployment);
}

export interface Obstructed<Kind extends Obstacle['kind']> {
  names: string[];
  obstacles: Extract<Obstacle, { kind: Kind }>[];
  /** Each obstacle with the node on which it stands. */
  hits: { name: string; node: Node; obstacle: Extract<Obstacle, { kind: Kind }> }[];
  /** What this accounts for: the pods, where it is the first thing to mend on some candidate. */
  explains: readonly Gap[];
  /** Whether it would keep the pods out next: behind other obstacles on every candidate, or behind what is in the way of the pods. */
  next: boolean;
}

/** Candidates that have an obstacle of this kind, and what follows from that. */
export function obstructed<Kind extends Obstacle['kind']>(
  blocked: BlockedPlacement,
  kind: Kind,
  which: (obstacle: Extract<Obstacle, { kind: Kind }>) => boolean = () => true,
): Obstructed<Kind> {
  const is = (one: Obstacle): one is Extract<Obstacle, { kind: Kind }> =>
    one.kind === kind && which(one as Extract<Obstacle, { kind: Kind }>);
  const hit = blocked.candidates.filter((one) => one.obstacles.some(is));
  const first = nearest(blocked.candidates).some((one) => one.obstacles[0] !== undefined && is(one.obstacles[0]));
  const everywhere = hit.length > 0 && hit.length === blocked.candidates.length;
  return {
    names: hit.map((one) => one.name),
    obstacles: hit.flatMap((one) => one.obstacles.filter(is)),
    hits: hit.flatMap(({ name, node, obstacles }) =>
      obstacles.filter(is).map((obstacle) => ({ name, node, obstacle })),
    ),
    explains: first ? blocked.gaps : [],
    next: blocked.ahead ? first : !first && everywhere,
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
