import type { Node, Pod, PodSpec } from '../model/kubernetes.ts';
import { condition } from './condition.ts';
import { admitsNode } from './node-affinity.ts';
import { isUnbound } from './pod.ts';
import { nameOf } from './reference.ts';
import { type Shortage, shortages } from './resources.ts';
import { type Taint, untolerated } from './taint.ts';

const LIVENESS_TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];
const CORDON_TAINT = 'node.kubernetes.io/unschedulable';

/** Why one node takes no new operator pod. */
export type Obstacle =
  | { kind: 'kubelet-stopped' }
  | { kind: 'not-ready' }
  | { kind: 'cordoned' }
  | { kind: 'taint'; taint: Taint }
  | { kind: 'shortage'; shortage: Shortage };

export interface Candidate {
  node: Node;
  name: string;
  /** Roots first; empty when the node would take the pod. */
  obstacles: Obstacle[];
}

/**
 * The scheduler's answer computed again, node by node, since its message names neither node nor taint from Kubernetes 1.34 on.
 * Only nodes that the pod's affinity admits are candidates. `others`: pods on those nodes, or undefined when they were not read.
 */
export function candidates(
  pod: PodSpec | null | undefined,
  nodes: readonly Node[],
  others: readonly Pod[] | null | undefined,
): Candidate[] {
  return nodes
    .filter((node) => admitsNode(pod, node))
    .map((node) => ({ node, name: nameOf(node), obstacles: obstacles(node, pod, others ?? []) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function obstacles(node: Node, pod: PodSpec | null | undefined, others: readonly Pod[]): Obstacle[] {
  const taints = untolerated(node, pod);
  const ready = condition(node.status?.conditions, 'Ready')?.status;
  const found: Obstacle[] = [];
  if (ready === 'Unknown') found.push({ kind: 'kubelet-stopped' });
  else if (taints.some((one) => LIVENESS_TAINTS.includes(one.key ?? ''))) found.push({ kind: 'not-ready' });
  if (node.spec?.unschedulable === true || taints.some((one) => one.key === CORDON_TAINT)) {
    found.push({ kind: 'cordoned' });
  }
  const own = taints.filter((one) => ![...LIVENESS_TAINTS, CORDON_TAINT].includes(one.key ?? ''));
  found.push(...own.map((taint) => ({ kind: 'taint', taint }) as const));
  found.push(...shortages(node, pod, others).map((shortage) => ({ kind: 'shortage', shortage }) as const));
  return found;
}

/** Pods that a scheduler looked at and could not place. */
export function unschedulable(pods: readonly Pod[]): Pod[] {
  return pods.filter((pod) => {
    const scheduled = condition(pod.status?.conditions, 'PodScheduled');
    return isUnbound(pod) && scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
  });
}
