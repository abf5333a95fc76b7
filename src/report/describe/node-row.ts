import type { Node } from '../../model/kubernetes.ts';
import { amount } from '../../objects/meta/quantity.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { nodeObstacles } from '../../objects/node/node-obstacle.ts';
import { nodeStatus } from '../../objects/node/node-status.ts';
import { taintText, untolerated } from '../../objects/node/taint.ts';
import { firstRefusal } from '../../objects/placement/filter-order.ts';
import { admitsNode, missingLabels } from '../../objects/placement/node-affinity.ts';
import { obstacleText } from '../../objects/placement/obstacle-text.ts';
import { candidates, type Obstacle, type Others } from '../../objects/placement/placement.ts';
import type { Incoming } from '../../objects/placement/pod-affinity.ts';
import { isFinished } from '../../objects/pod/pod.ts';
import { room } from '../../objects/pod/resources.ts';

/** A pod that is to be placed, and where. */
export interface Placing {
  pod: Incoming;
  nodes: readonly Node[];
  others: Others;
}

export interface PlacingRow {
  admitted: boolean;
  cells: string[];
  /** What the columns have no room for. */
  note: string;
}

/** What the scheduler finds on one node. */
export function placingRow(node: Node, { pod, nodes, others }: Placing): PlacingRow {
  const name = nameOf(node);
  const admitted = admitsNode(pod.spec, node);
  const found = candidates(pod, nodes, others).find((one) => one.name === name)?.obstacles;
  const judged: Obstacle[] = found ?? nodeObstacles(node, pod.spec);
  const read = !!others.pods && others.on.includes(name);
  // Without the pods on a node it is not known whether there is room.
  const obstacles: Obstacle[] = admitted && !read && judged.length === 0 ? [{ kind: 'unknown' }] : judged;
  return {
    admitted,
    cells: [
      name,
      nodeStatus(node),
      taintCell(node, pod),
      admitted ? 'ok' : 'no',
      ...roomCells(node, pod, read ? others : null),
      firstRefusal(obstacles, admitted),
    ],
    note: noteOf(node, pod, obstacles, admitted),
  };
}

/** Longer ones are in the note. */
const SHORT = 30;

function taintCell(node: Node, pod: Incoming): string {
  const taints = untolerated(node, pod.spec).map(taintText);
  const text = taints.join(', ');
  if (text === '') return 'none';
  if (text.length <= SHORT) return text;
  return taints.length === 1 ? '1 taint' : `${taints.length} taints`;
}

function roomCells(node: Node, pod: Incoming, others: Others | null): string[] {
  if (!others) return ['not read', 'not read', 'not read'];
  const running = (others.pods ?? []).filter((one) => !isFinished(one));
  const free = (resource: string) => {
    const found = room(node, pod.spec, running).find((one) => one.resource === resource);
    return found && `${amount(resource, found.free)} free of ${amount(resource, found.allocatable)}`;
  };
  const pods = room(node, pod.spec, running).find(({ resource }) => resource === 'pods');
  return [
    free('cpu') ?? '-',
    free('memory') ?? '-',
    pods ? `${pods.allocatable - pods.free}/${pods.allocatable}` : '-',
  ];
}

function noteOf(node: Node, pod: Incoming, obstacles: readonly Obstacle[], admitted: boolean): string {
  const lacks = admitted ? [] : [`lacks ${missingLabels(pod.spec, node).join(', ')}`];
  const said = obstacles.filter((one) => !isPlain(one, taintCell(node, pod)));
  return [...lacks, ...said.map(sentence)].join('; ');
}

/** Whether the row says it already. */
function isPlain(obstacle: Obstacle, taints: string): boolean {
  if (obstacle.kind === 'cordoned' || obstacle.kind === 'unknown') return true;
  return 'taint' in obstacle && taints.includes(taintText(obstacle.taint));
}

function sentence(obstacle: Obstacle): string {
  if (obstacle.kind !== 'shortage') return obstacleText(obstacle);
  const { resource, want, free, allocatable } = obstacle.shortage;
  if (resource === 'pods') return `${allocatable - free} pods of ${allocatable}`;
  return `${resource}: ${amount(resource, want)} asked, ${amount(resource, free)} free of ${amount(resource, allocatable)}`;
}
