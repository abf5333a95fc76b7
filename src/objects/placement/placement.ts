import type { Node, Pod } from '../../model/kubernetes.ts';
import { nameOf } from '../meta/reference.ts';
import { type NodeObstacle, nodeObstacles } from '../node/node-obstacle.ts';
import { isFinished } from '../pod/pod.ts';
import { type Shortage, shortages } from '../pod/resources.ts';
import { portConflicts } from './host-port.ts';
import { admitsNode } from './node-affinity.ts';
import { affinityConflicts, type Incoming, needsNeighbours } from './pod-affinity.ts';
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

/** The pods on the nodes named in `on`; `pods` is null or undefined when none were read, and only the nodes themselves are judged. */
export interface Others {
  pods: readonly Pod[] | null | undefined;
  on: readonly string[];
}

/**
 * The scheduler's answer computed again, node by node, since its message names neither node nor taint from Kubernetes 1.34 on.
 * Only nodes that the pod's affinity admits are candidates.
 */
export function candidates(pod: Incoming, nodes: readonly Node[], others: Others): Candidate[] {
  const found = byNodeAlone(pod, nodes);
  const running = (others.pods ?? []).filter((one) => !isFinished(one));
  const admitted = found.map(({ node }) => node);
  return found.map(({ node, name, obstacles }) => {
    const looked = !others.pods || others.on.includes(name);
    const byPods = looked ? podObstacles(pod, node, { admitted, nodes, running }) : UNKNOWN;
    return { node, name, obstacles: [...obstacles, ...byPods] };
  });
}

/** The candidates whose pods are to be read, by name: those first on which nothing else stands in the way. */
export function nodesToLookInto(pods: readonly Incoming[], nodes: readonly Node[]): string[] {
  const names = pods.flatMap((pod) => firstOf(byNodeAlone(pod, nodes)));
  return [...new Set(names)].slice(0, MAX_NODES_WITH_PODS);
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
