import { reinstallOperator } from '../deployment.ts';
import { waitUntil } from '../kubectl.ts';
import { operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A queueing product gates every new pod and does not run itself. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'scheduling-gated' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      Object.assign(spec.template.spec, { schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }] });
    });
    await waitUntil('both operator pods are gated', 60, async () => {
      const pods = await operatorPods(cluster);
      const gated = pods.filter((pod) => pod.status.conditions?.some(({ reason }) => reason === 'SchedulingGated'));
      return gated.length === 2;
    });
  },
} satisfies Scenario;
