import type { NodeOverview, Read } from '../../model/evidence.ts';
import type { Deployment, KubernetesEvent, Lease, Node, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { unexplainedCrashes } from '../../objects/container/crash-class.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { silentNodes } from '../../objects/node/node-status.ts';
import { leaderState } from '../../objects/operator/leader.ts';
import { operatorOf } from '../../objects/operator/operator.ts';
import { OPERATOR_CONTAINER } from '../../objects/pod/pod.ts';

/** Replicas of one Deployment say the same; two show whether they do. */
const MAX_PODS = 2;

/** A container whose log is worth reading; `previous`: the log of its last run. */
export interface LogQuestion {
  pod: string;
  container: string;
  previous: boolean;
}

interface SoFar {
  readAt: string;
  deployment: Deployment | null;
  replicaSets: ReplicaSet[];
  pods: Pod[];
  events: KubernetesEvent[];
  nodes: Node[];
  nodeOverview: NodeOverview | null;
  operatorLease: Read<Lease>;
}

/** Whose log may change the answer: operators that ended and nothing says why, and Ready ones none of which leads. A kubelet that is silent or gone gives none. */
export function logQuestions(seen: SoFar): LogQuestion[] {
  const operator = operatorOf(seen);
  const idle = isLeaderless(seen) ? operator.ready.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en')) : [];
  const worth = [
    ...unexplainedCrashes(operator, seen),
    ...idle.map((pod) => ({ pod, container: OPERATOR_CONTAINER, previous: false })),
  ];
  const silent = silentNodes(seen.nodes).map(nameOf);
  const isHeard = (node: string) => !silent.includes(node) && !isGone(node, seen.nodeOverview);
  return worth
    .filter(({ pod }) => isHeard(pod.spec?.nodeName ?? ''))
    .map(({ pod, container, previous }) => ({ pod: nameOf(pod), container, previous }))
    .slice(0, MAX_PODS);
}

/** Whether all nodes are known, and this is none of them. */
function isGone(node: string, overview: NodeOverview | null): boolean {
  const isWhole = overview !== null && overview.total === overview.nodes.length;
  return isWhole && !overview.nodes.some(({ name }) => name === node);
}

/** A lease that may not be read says nothing. */
function isLeaderless({ operatorLease, pods, readAt }: SoFar): boolean {
  if (operatorLease.status === 'absent') return true;
  return operatorLease.status === 'read' && !leaderState(operatorLease.value, pods, readAt).alive;
}
