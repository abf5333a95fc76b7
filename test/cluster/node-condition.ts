import { read } from './api.ts';
import type { Cluster } from './cluster.ts';
import { kubectl, waitUntil } from './kubectl.ts';

export interface NodeCondition {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
}

interface Node {
  metadata: { name: string };
  spec: { taints?: { key: string }[] };
  status: { conditions?: { type: string; status: string; lastTransitionTime: string }[] };
}

/** Writes a condition into nodes' status, as their kubelets or a controller would. */
export async function setNodeCondition(
  cluster: Cluster,
  nodes: readonly string[],
  condition: NodeCondition,
): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+/, '');
  const conditions = [{ ...condition, lastHeartbeatTime: now, lastTransitionTime: now }];
  for (const node of nodes) {
    const patch = JSON.stringify({ status: { conditions } });
    await kubectl(cluster, ['patch', 'node', node, '--subresource=status', '--type=strategic', `--patch=${patch}`]);
  }
}

/** Waits until kube-controller-manager tainted the nodes for what they say. */
export function waitForTaint(cluster: Cluster, nodes: readonly string[], key: string): Promise<void> {
  return waitUntil(`nodes ${nodes.join(', ')} are tainted ${key}`, 60, async () => {
    const tainted = (await allNodes(cluster)).filter(({ spec }) => spec.taints?.some((taint) => taint.key === key));
    return nodes.every((node) => tainted.some(({ metadata }) => metadata.name === node));
  });
}

/** Are these nodes' kubelets gone, as kube-controller-manager sees it? */
export async function areUnknown(cluster: Cluster, nodes: readonly string[]): Promise<boolean> {
  const unknown = (await allNodes(cluster)).filter(({ status }) =>
    status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'Unknown'),
  );
  return nodes.every((node) => unknown.some(({ metadata }) => metadata.name === node));
}

/** Waits until a node has been Unknown for so many seconds. */
export function waitForSilentNode(cluster: Cluster, seconds: number): Promise<void> {
  return waitUntil(`a node is silent for ${seconds} s`, seconds + 60, async () => {
    const conditions = (await allNodes(cluster)).flatMap(({ status }) => status.conditions ?? []);
    return conditions.some(
      ({ type, status, lastTransitionTime }) =>
        type === 'Ready' && status === 'Unknown' && Date.now() - Date.parse(lastTransitionTime) > seconds * 1000,
    );
  });
}

async function allNodes(cluster: Cluster): Promise<Node[]> {
  return (await read<{ items: Node[] }>(cluster, '/api/v1/nodes'))?.items ?? [];
}
