import type { Node, Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { nameOf } from '../meta/reference.ts';
import { candidates } from './placement.ts';
import { nodesLookedInto, unschedulableAlike } from './refused-pods.ts';

/** What is worked out here again (Kubernetes 1.36 pkg/scheduler/framework/plugins): no other reason is known to be over. */
const COMPUTED =
  /untolerated taint|were unschedulable|match Pod's node affinity|affinity rules|Insufficient |Too many pods|free ports|topology spread constraints/;

const ABOUT_ROOM = /Insufficient |Too many pods/;

/** Pods that a scheduler refused and that these nodes would take by now. */
export interface FreeAgain {
  pods: Pod[];
  nodes: string[];
  words: string;
}

/** Refused pods for which some node has nothing against them by now, where each reason that the scheduler gave is one that nodes and their pods show. */
export function freeAgain(
  pods: readonly Pod[],
  nodes: readonly Node[],
  nodePods: readonly Pod[] | null | undefined,
): FreeAgain[] {
  if (!nodePods) return [];
  const others = { pods: nodePods, on: nodesLookedInto(pods, nodes) };
  return unschedulableAlike(pods).flatMap((alike) => {
    const words = condition(alike[0]?.status?.conditions, 'PodScheduled')?.message ?? '';
    const reasons = /nodes are available: (.*?)\. ?(?:no new claims|preemption|$)/.exec(words)?.[1]?.split(', ') ?? [];
    const isComputed = reasons.length > 0 && reasons.every((reason) => COMPUTED.test(reason));
    const free = candidates(alike[0] ?? {}, nodes, others)
      .filter(({ obstacles }) => obstacles.length === 0)
      .filter(({ node }) => !ABOUT_ROOM.test(words) || node.status?.allocatable);
    return isComputed && free.length > 0 ? [{ pods: alike, nodes: free.map(({ node }) => nameOf(node)), words }] : [];
  });
}
