import type { Cluster } from './cluster.ts';
import { get, kubectl, waitUntil } from './kubectl.ts';

export interface NodeCondition {
  type: string;
  status: 'True' | 'False';
  reason: string;
  message: string;
}

interface TaintedNode {
  metadata: { name: string };
  spec: { taints?: { key: string }[] };
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
    const list = await get<{ items: TaintedNode[] }>(cluster, ['nodes']);
    const tainted = list?.items.filter(({ spec }) => spec.taints?.some((taint) => taint.key === key)) ?? [];
    return nodes.every((node) => tainted.some(({ metadata }) => metadata.name === node));
  });
}
