import type { Node, Pod } from '../model/kubernetes.ts';
import { condition } from './condition.ts';
import { portConflicts } from './host-port.ts';
import { admitsNode } from './node-affinity.ts';
import { type NodeObstacle, nodeObstacles } from './node-obstacle.ts';
import { isFinished, isUnbound } from './pod.ts';
import { affinityConflicts, type Incoming, needsNeighbours } from './pod-affinity.ts';
import { nameOf } from './reference.ts';
import { type Shortage, shortages } from './resources.ts';
import { spreadConflicts } from './topology-spread.ts';

/** The pods of so many candidates are read. */
const MAX_NODES_WITH_PODS = 5;

/** Why one node takes no new operator pod. `unknown`: what decides there was not read. */
export type Obstacle =
  | NodeObstacle
  | { kind: 'shortage'; shortage: Shortage }
  | { kind: 'host-port'; text: string }
  | { kind: 'pod-affinity'; text: string }
  | { kind: 'spread'; text: string }
  | { kind: 'unknown' };

export interface Candidate {
  node: Node;
  name: string;
  /** Roots first; empty when the node would take the pod. */
  obstacles: Obstacle[];
}

/**
 * The scheduler's answer computed again, node by node, since its message names neither node nor taint from Kubernetes 1.34 on.
 * Only nodes that the pod's affinity admits are candidates. `others`: pods on the first of those nodes, see `nodesToLookInto`,
 * or undefined when they were not read.
 */
export function candidates(
  pod: Incoming,
  nodes: readonly Node[],
  others: readonly Pod[] | null | undefined,
): Candidate[] {
  const found = byNodeAlone(pod, nodes);
  const running = (others ?? []).filter((one) => !isFinished(one));
  const looked = others ? firstOf(found) : found.map(({ name }) => name);
  const admitted = found.map(({ node }) => node);
  return found.map(({ node, name, obstacles }) => {
    const byPods = looked.includes(name) ? podObstacles(pod, node, { admitted, nodes, running }) : UNKNOWN;
    return { node, name, obstacles: [...obstacles, ...byPods] };
  });
}

/** The candidates whose pods are to be read, by name: those first on which nothing else stands in the way. */
export function nodesToLookInto(pod: Incoming, nodes: readonly Node[]): string[] {
  return firstOf(byNodeAlone(pod, nodes));
}

const UNKNOWN: Obstacle[] = [{ kind: 'unknown' }];

function byNodeAlone(pod: Incoming, nodes: readonly Node[]): Candidate[] {
  return nodes
    .filter((node) => admitsNode(pod.spec, node))
    .map((node) => ({ node, name: nameOf(node), obstacles: nodeObstacles(node, pod.spec) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function firstOf(found: readonly Candidate[]): string[] {
  const blocked = (one: Candidate) => Number(one.obstacles.length > 0);
  const sorted = found.toSorted((a, b) => blocked(a) - blocked(b));
  return sorted.slice(0, MAX_NODES_WITH_PODS).map(({ name }) => name);
}

interface Surroundings {
  admitted: readonly Node[];
  nodes: readonly Node[];
  running: readonly Pod[];
}

function podObstacles(pod: Incoming, node: Node, { admitted, nodes, running }: Surroundings): Obstacle[] {
  const here = running.filter((one) => one.spec?.nodeName === nameOf(node));
  return [
    ...portConflicts(pod.spec, here).map((text) => ({ kind: 'host-port', text }) as const),
    ...shortages(node, pod.spec, running).map((shortage) => ({ kind: 'shortage', shortage }) as const),
    ...affinityConflicts(pod, node, nodes, running).map((text) => ({ kind: 'pod-affinity', text }) as const),
    ...spreadConflicts(pod, node, admitted, running).map((text) => ({ kind: 'spread', text }) as const),
    ...(needsNeighbours(pod) ? UNKNOWN : []),
  ];
}

/** Pods that a scheduler looked at and could not place, by name. */
export function unschedulable(pods: readonly Pod[]): Pod[] {
  const refused = pods.filter((pod) => {
    const scheduled = condition(pod.status?.conditions, 'PodScheduled');
    return isUnbound(pod) && scheduled?.status === 'False' && scheduled.reason === 'Unschedulable';
  });
  return refused.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}
