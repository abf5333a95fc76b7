import type { Cluster } from './cluster.ts';
import { create } from './kubectl.ts';
import { CONTROL_PLANE_NODES } from './nodes.ts';

interface Filler {
  /** Fields of its only container, such as `resources` or `ports`. */
  container?: object;
  /** Without a node it is the scheduler's to place, by these fields. */
  placed?: (node: string) => object;
}

/** Creates a pod for each control-plane node which virt-operator may not displace, labelled `app: backup-agent`. */
export function fillControlPlane(cluster: Cluster, filler: Filler = {}): Promise<void> {
  return create(cluster, ...CONTROL_PLANE_NODES.map((node) => backupAgent(node, filler)));
}

function backupAgent(node: string, { container = {}, placed }: Filler): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `backup-agent-${node}`, namespace: 'kube-system', labels: { app: 'backup-agent' } },
    spec: {
      ...(placed ? placed(node) : { nodeName: node }),
      priorityClassName: 'system-node-critical',
      containers: [{ name: 'agent', image: 'registry.example.com/backup-agent:2.4.1', ...container }],
    },
  };
}
