import type { Depth, NodeOverview, Read } from '../../model/evidence.ts';
import type { Deployment, KubernetesObject, Lease, Node, Pod, PodSpec, ReplicaSet } from '../../model/kubernetes.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { silentNodes } from '../../objects/node/node-status.ts';
import { leaderState } from '../../objects/operator/leader.ts';
import { leaseState } from '../../objects/operator/lease.ts';
import { isToBeMade, type Operator, operatorOf } from '../../objects/operator/operator.ts';
import { unseenHolder } from '../../objects/operator/stranger.ts';
import { admitsNode, nodesWithRole, wantedRoles } from '../../objects/placement/node-affinity.ts';
import { isKeptOutByPods, nodesLookedInto, unschedulableAlike } from '../../objects/placement/refused-pods.ts';
import { templatePod } from '../../objects/placement/template-pod.ts';
import { containerStatuses, isFinished } from '../../objects/pod/pod.ts';

const MAX_NODES = 5;
const MAX_LEASES = 3;
const MAX_PODS = 2;

/** What was read so far; null where a read brought nothing. */
export interface SoFar {
  readAt: string;
  deployment: Deployment | null;
  replicaSets: ReplicaSet[];
  pods: Pod[];
  nodes: Node[];
  nodeOverview: NodeOverview | null;
  operatorLease: Read<Lease>;
  controllerManagerLease: Lease | null;
}

/** What else to ask, given what was read. Names, newest or nearest first, cut to a few; `false` where nothing asks for it. */
export interface FollowUps {
  /** Nodes that the pod template would not admit: pods are bound to them, or they have the role that it asks for. */
  strangeNodes: string[];
  leasesOf: string[];
  podsOn: string[];
  /** Who renews the operator's lease without being one of its pods. */
  holder: string | null;
  webhooks: boolean;
  /** Objects whose events matter, should the list of events be cut short. */
  eventsAbout: string[];
}

/** Decides which further reads explain what is missing; at full depth the room on nodes is shown whatever is in the way. */
export function followUps(seen: SoFar, depth: Depth): FollowUps {
  const operator = operatorOf(seen);
  const candidates = seen.nodes.map(nameOf);
  const bound = unique(seen.pods.filter((pod) => !isFinished(pod)).flatMap((pod) => pod.spec?.nodeName ?? []));
  const refused = unschedulableAlike(operator.pods).flatMap(([first]) => first ?? []);
  const lacking = refused.filter((pod) => lacksNodes(pod, seen));
  const leftOut = (pods: readonly Pod[]) => pods.flatMap((pod) => shouldFit(seen, pod));
  const placed = (depth === 'all' && seen.deployment !== null) || refused.length > 0;
  const crowded = [
    ...(placed ? nodesLookedInto(operator.pods, seen.nodes, templatePod(seen.deployment)) : []),
    ...leftOut(lacking.filter(isKeptOutByPods)),
  ];
  const leaderless = lacksLeader(operator, seen);
  const idle = leaderless && operator.ready.length > 0;
  return {
    strangeNodes: unique([...bound, ...leftOut(lacking)])
      .filter((name) => !candidates.includes(name))
      .slice(0, MAX_NODES),
    leasesOf: leasesOf(seen, operator, leaderless),
    holder: unseenHolder({
      ...seen,
      operatorLease: seen.operatorLease.status === 'read' ? seen.operatorLease.value : null,
    }),
    podsOn: unique(crowded).slice(0, MAX_NODES),
    webhooks:
      isToBeMade(operator) ||
      operator.exists === false ||
      silentNodes(seen.nodes).length > 1 ||
      idle ||
      (operator.unready.length > 0 && leaseState(seen.controllerManagerLease, seen.readAt).dead),
    eventsAbout: [
      ...(seen.deployment ? [nameOf(seen.deployment)] : []),
      ...newest(seen.replicaSets).slice(0, 1).map(nameOf),
      ...newest(seen.pods).slice(0, MAX_PODS).map(nameOf),
    ],
  };
}

/**
 * The nodes whose leases tell more than the nodes themselves: those of pods of which no kubelet has said a word, those that are
 * silent, and those of pods that are Ready while none leads. The others too where no kube-controller-manager would have noticed.
 */
function leasesOf({ nodes, controllerManagerLease, readAt }: SoFar, operator: Operator, leaderless: boolean): string[] {
  const doubtful = [
    ...operator.unready.filter((pod) => containerStatuses(pod).length === 0),
    ...(leaderless ? operator.ready : []),
  ];
  const suspects = [...doubtful.flatMap((pod) => pod.spec?.nodeName ?? []), ...silentNodes(nodes).map(nameOf)];
  const incomplete = operator.uncreated > 0 || operator.unready.length > 0 || leaderless;
  const unwatched = incomplete && !leaseState(controllerManagerLease, readAt).alive;
  const bound = operator.pods.flatMap((pod) => pod.spec?.nodeName ?? []);
  return unique([...suspects, ...(unwatched ? [...bound, ...nodes.map(nameOf)] : [])]).slice(0, MAX_LEASES);
}

/** Whether pods are wanted and none leads. A lease that may not be read says nothing. */
export function lacksLeader(operator: Operator, { operatorLease, pods, readAt }: SoFar): boolean {
  if (!operator.desired || operatorLease.status === 'absent') return (operator.desired ?? 0) > 0;
  return operatorLease.status === 'read' && !leaderState(operatorLease.value, pods, readAt).alive;
}

/** Whether no node that was read would do, or the pod, of another revision, asks for other nodes than those that were read. */
function lacksNodes(pod: Pod, { nodes, deployment }: SoFar): boolean {
  const affinity = (spec: PodSpec | null | undefined) => JSON.stringify(spec?.affinity?.nodeAffinity ?? null);
  const template = deployment?.spec?.template?.spec;
  const asked = Object.entries(template?.nodeSelector ?? {});
  const narrower = asked.every(([key, value]) => pod.spec?.nodeSelector?.[key] === value);
  const covered = narrower && affinity(pod.spec) === affinity(template);
  return !covered || !nodes.some((node) => admitsNode(pod.spec, node));
}

/** Where no node is admitted: those that have the wanted role, so that a rule can say what else they lack. */
function shouldFit({ nodeOverview }: SoFar, pod: Pod): string[] {
  return nodesWithRole(nodeOverview, wantedRoles(pod.spec)).slice(0, MAX_NODES);
}

function newest<T extends KubernetesObject>(objects: readonly T[]): T[] {
  return objects.toSorted((a, b) => (created(a) < created(b) ? 1 : -1));
}

function created(object: KubernetesObject): string {
  return object.metadata?.creationTimestamp ?? '';
}

function unique(names: string[]): string[] {
  return [...new Set(names)];
}
