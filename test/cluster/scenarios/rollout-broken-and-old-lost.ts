import { kubectl } from '../kubectl.ts';
import { waitForEvents } from '../observe.ts';
import { IN_KUBEVIRT, operatorPods, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import degradedRollout from './degraded-rollout.ts';

/** A roll-out does not start, the old pods are deleted, and nothing lets them come back. */
export default {
  written: true,
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'priorityclass-missing' },
  async break(cluster) {
    await degradedRollout.break(cluster);
    await stopOperator(cluster);
    const old = (await operatorPods(cluster)).filter((pod) =>
      pod.status.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True'),
    );
    await kubectl(cluster, ['delete', 'priorityclass', 'kubevirt-cluster-critical']);
    await kubectl(cluster, ['delete', 'pod', ...old.map((pod) => pod.metadata.name), IN_KUBEVIRT]);
    await waitForEvents(cluster, 'FailedCreate', 2);
  },
} satisfies Scenario;
