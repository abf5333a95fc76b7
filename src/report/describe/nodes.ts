import type { Node } from '../../model/kubernetes.ts';
import { type Line, line } from '../../model/line.ts';
import { list } from '../../objects/meta/list.ts';
import { amount } from '../../objects/meta/quantity.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { nodesLookedInto } from '../../objects/placement/refused-pods.ts';
import { templatePod } from '../../objects/placement/template-pod.ts';
import { podRequests } from '../../objects/pod/resources.ts';
import { readValue, whyNothing } from '../read.ts';
import { tableWithNotes } from '../table.ts';
import type { View } from '../view.ts';
import { fields, heading } from './field.ts';
import { type Placing, placingRow } from './node-row.ts';
import { isWanted, type Subject } from './subject.ts';

const HEADS = ['NODE', 'STATUS', 'TAINTS', 'AFFINITY', 'CPU', 'MEMORY', 'PODS', 'VERDICT'];

/** The scheduler's answer for the next operator pod, node by node: the candidates first; nodes that are not for it are counted. */
export function nodeSection(view: View, subject: Subject | null): Line[] {
  const { reads } = view.evidence;
  const nodes = list(readValue(reads.nodes));
  const wanted = nodes.filter((node) => isWanted(subject, 'Node', nameOf(node)));
  if (wanted.length === 0) return subject ? [] : fields([['Nodes', whyNothing(reads.nodes)]]);
  const placing = placingOf(view, nodes);
  const rows = wanted
    .map((node) => placingRow(node, placing))
    .toSorted((a, b) => Number(b.admitted) - Number(a.admitted));
  return [
    heading(`Nodes${asked(placing)}`),
    ...tableWithNotes(HEADS, rows, '  '),
    ...(wanted.length === nodes.length ? others(view, nodes) : []),
  ];
}

function placingOf({ evidence }: View, nodes: readonly Node[]): Placing {
  const { deployment, pods, nodePods } = evidence.reads;
  const pod = templatePod(readValue(deployment));
  const on = nodesLookedInto(list(readValue(pods)), nodes, pod);
  return { pod, nodes, others: { pods: readValue(nodePods), on } };
}

function asked({ pod }: Placing): string {
  const { cpu, memory } = podRequests(pod.spec);
  const parts = [
    ...(cpu ? [`${amount('cpu', cpu)} cpu`] : []),
    ...(memory ? [`${amount('memory', memory)} memory`] : []),
  ];
  return parts.length > 0 ? ` (the next operator pod asks for ${parts.join(', ')})` : ' (for the next operator pod)';
}

function others({ evidence }: View, nodes: readonly Node[]): Line[] {
  const total = readValue(evidence.reads.nodeOverview)?.total ?? nodes.length;
  const left = total - nodes.length;
  if (left <= 0) return [];
  const more = evidence.reads.nodes.status === 'read' && evidence.reads.nodes.partial;
  const what = left === 1 ? '1 other node is' : `${left} other nodes are`;
  return [line(`  ${more ? `${what} not shown` : `${what} not for it: node affinity`}`, 4)];
}
