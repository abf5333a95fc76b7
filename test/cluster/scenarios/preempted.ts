import { reinstallOperator } from '../deployment.ts';
import { fillControlPlane } from '../filler.ts';
import { waitUntil } from '../kubectl.ts';
import { waitForUnschedulable } from '../observe.ts';
import { operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const resources = { requests: { memory: '7900Mi' } };

/** The Deployment lost its priority class, and system pods need the room that its pods had. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'insufficient-memory' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      Object.assign(spec.template.spec, { priorityClassName: undefined });
    });
    await waitUntil('both operator pods run', 60, async () => {
      const pods = await operatorPods(cluster);
      return pods.length === 2 && pods.every((pod) => pod.status.phase === 'Running');
    });
    await fillControlPlane(cluster, {
      container: { resources },
      placed: (node) => ({
        nodeSelector: { 'kubernetes.io/hostname': node },
        tolerations: [{ operator: 'Exists' }],
      }),
    });
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
