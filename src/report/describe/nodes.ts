import type { Node } from '../../model/kubernetes.ts';
import type { Line } from '../../model/line.ts';
import { list } from '../../objects/list.ts';
import { nodeStatus } from '../../objects/node-status.ts';
import { obstacleText } from '../../objects/obstacle-text.ts';
import { candidates } from '../../objects/placement.ts';
import type { Incoming } from '../../objects/pod-affinity.ts';
import { nameOf } from '../../objects/reference.ts';
import { readValue, whyNothing } from '../read.ts';
import { table } from '../table.ts';
import type { View } from '../view.ts';
import { fields, heading } from './field.ts';
import { isWanted, type Subject } from './subject.ts';

/** The nodes that may host an operator pod or that host one, and what stands against a new pod on each. */
export function nodeSection({ evidence }: View, subject: Subject | null): Line[] {
  const { reads } = evidence;
  const nodes = list(readValue(reads.nodes));
  const wanted = nodes.filter((node) => isWanted(subject, 'Node', nameOf(node)));
  if (wanted.length === 0) return subject ? [] : fields([['Nodes', whyNothing(reads.nodes)]]);
  const deployment = readValue(reads.deployment);
  const { metadata, spec } = deployment?.spec?.template ?? {};
  const pod = { metadata: { ...metadata, namespace: deployment?.metadata?.namespace ?? null }, spec: spec ?? null };
  const reasons = placement(pod, nodes, readValue(reads.nodePods));
  const rows = wanted.map((node) => [nameOf(node), nodeStatus(node), reasons(node)]);
  const total = readValue(reads.nodeOverview)?.total;
  return [
    heading(total === undefined ? 'Nodes' : `Nodes (of ${total} in the cluster, those that concern virt-operator)`),
    ...table(['NAME', 'STATUS', 'NEW OPERATOR POD'], rows, '  '),
  ];
}

function placement(
  pod: Incoming,
  nodes: readonly Node[],
  others: Parameters<typeof candidates>[2],
): (node: Node) => string {
  const found = new Map(candidates(pod, nodes, others).map((one) => [one.name, one.obstacles]));
  return (node) => {
    const obstacles = found.get(nameOf(node));
    if (!obstacles) return "no: the pod's node selector or affinity leaves it out";
    const known = obstacles.filter((one) => one.kind !== 'unknown');
    if (known.length > 0) return `no: ${known.map(obstacleText).join('; ')}`;
    return obstacles.length > 0 ? 'not known: the pods there were not read' : 'yes';
  };
}
