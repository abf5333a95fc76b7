import type { NodeOverview, Read } from '../model/evidence.ts';
import type { Deployment, KubernetesObject, Lease, Node, Pod, ReplicaSet } from '../model/kubernetes.ts';
import { condition } from '../objects/condition.ts';
import { leaderState } from '../objects/leader.ts';
import { nodesWithRole, wantedRoles } from '../objects/node-affinity.ts';
import { silentNodes } from '../objects/node-status.ts';
import { operatorOf } from '../objects/operator.ts';
import { nodesToLookInto, unschedulable } from '../objects/placement.ts';
import { isFinished } from '../objects/pod.ts';
import { nameOf } from '../objects/reference.ts';

const MAX_NODES = 5;
const MAX_PODS = 4;

/** What was read so far; null where a read brought nothing. */
export interface SoFar {
  readAt: string;
  deployment: Deployment | null;
  replicaSets: ReplicaSet[];
  pods: Pod[];
  nodes: Node[];
  nodeOverview: NodeOverview | null;
  operatorLease: Read<Lease>;
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
  const incomplete = operator.uncreated > 0 || operator.unready.length > 0;
  const [refused] = unschedulable(operator.pods);
  const leftOut = refused && nodesToLookInto(refused, seen.nodes).length === 0 ? shouldFit(seen, refused) : [];
  const leaderless = (operator.desired ?? 0) > 0 && !isHeld(seen);
  return {
    strangeNodes: unique([...bound, ...leftOut])
      .filter((name) => !candidates.includes(name))
      .slice(0, MAX_NODES),
    leasesOf: incomplete || leaderless ? unique([...bound, ...candidates]).slice(0, MAX_NODES) : [],
    podsOn: refused && isKeptOutByPods(refused) ? nodesToLookInto(refused, seen.nodes) : [],
    webhooks: operator.uncreated > 0 || silentNodes(seen.nodes).length > 1,
    bindings: operator.unready.length > 0 || leaderless,
    eventsAbout: [
      ...(seen.deployment ? [nameOf(seen.deployment)] : []),
      ...newest(seen.replicaSets).slice(0, 1).map(nameOf),
      ...newest(seen.pods).slice(0, MAX_PODS).map(nameOf),
    ],
  };
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
