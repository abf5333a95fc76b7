import type { NodeOverview, Read } from '../model/evidence.ts';
import type { Deployment, KubernetesObject, Lease, Node, Pod, ReplicaSet } from '../model/kubernetes.ts';
import { condition } from '../objects/condition.ts';
import { leaderState } from '../objects/leader.ts';
import { leaseState } from '../objects/lease.ts';
import { nodesWithRole, wantedRoles } from '../objects/node-affinity.ts';
import { silentNodes } from '../objects/node-status.ts';
import { type Operator, operatorOf } from '../objects/operator.ts';
import { nodesToLookInto, unschedulable } from '../objects/placement.ts';
import { containerStatuses, isFinished } from '../objects/pod.ts';
import { nameOf } from '../objects/reference.ts';

const MAX_NODES = 3;
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
  webhooks: boolean;
  bindings: boolean;
  /** Objects whose events matter, should the list of events be cut short. */
  eventsAbout: string[];
}

/** Decides which further reads explain what is missing. */
export function followUps(seen: SoFar): FollowUps {
  const operator = operatorOf(seen);
  const candidates = seen.nodes.map(nameOf);
  const bound = unique(seen.pods.filter((pod) => !isFinished(pod)).flatMap((pod) => pod.spec?.nodeName ?? []));
  const [refused] = unschedulable(operator.pods);
  const leftOut = refused && nodesToLookInto(refused, seen.nodes).length === 0 ? shouldFit(seen, refused) : [];
  const leaderless = (operator.desired ?? 0) > 0 && !isHeld(seen);
  return {
    strangeNodes: unique([...bound, ...leftOut])
      .filter((name) => !candidates.includes(name))
      .slice(0, MAX_NODES),
    leasesOf: leasesOf(seen, operator, leaderless),
    podsOn: refused && isKeptOutByPods(refused) ? nodesToLookInto(refused, seen.nodes) : [],
    webhooks: operator.uncreated > 0 || silentNodes(seen.nodes).length > 1,
    bindings: operator.unready.some(hasStarted) || (leaderless && operator.ready.length > 0),
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
  return unique([...suspects, ...(unwatched ? [...bound, ...nodes.map(nameOf)] : [])]).slice(0, MAX_NODES);
}

/** Whether a container of the pod runs or has run, so that its rights matter. */
function hasStarted(pod: Pod): boolean {
  return containerStatuses(pod).some(
    ({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated,
  );
}

/** A lease that may not be read says nothing. */
function isHeld({ operatorLease, pods, readAt }: SoFar): boolean {
  if (operatorLease.status === 'absent') return false;
  return operatorLease.status !== 'read' || leaderState(operatorLease.value, pods, readAt).alive;
}

/** Where no node is admitted: those that have the wanted role, so that a rule can say what else they lack. */
function shouldFit({ nodeOverview }: SoFar, pod: Pod): string[] {
  return nodesWithRole(nodeOverview, wantedRoles(pod.spec)).slice(0, MAX_NODES);
}

/** The scheduler's words where other pods on a node are in the way (Kubernetes 1.36 pkg/scheduler/framework/plugins: noderesources, nodeports, interpodaffinity, podtopologyspread). */
const OTHER_PODS = /Insufficient |Too many pods|didn't have free ports|affinity rules|topology spread constraints/;

function isKeptOutByPods(pod: Pod): boolean {
  return OTHER_PODS.test(condition(pod.status?.conditions, 'PodScheduled')?.message ?? '');
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
