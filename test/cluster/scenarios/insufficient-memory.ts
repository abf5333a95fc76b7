import { create } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Pods that virt-operator may not displace leave too little of each control-plane node's 8Gi. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'insufficient-memory' },
  async break(cluster) {
    await create(cluster, ...CONTROL_PLANE_NODES.map(backupAgent));
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;

function backupAgent(nodeName: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `backup-agent-${nodeName}`, namespace: 'kube-system', labels: { app: 'backup-agent' } },
    spec: {
      nodeName,
      priorityClassName: 'system-node-critical',
      containers: [
        {
          name: 'agent',
          image: 'registry.example.com/backup-agent:2.4.1',
          resources: { requests: { memory: '7900Mi' } },
        },
      ],
    },
  };
}
