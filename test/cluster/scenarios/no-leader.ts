import { waitForStaleLease } from '../observe.ts';
import { operatorPods, readyCount, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Two pods are Ready, and neither renews the Lease. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'no-leader' },
  repair: { action: 'restart-pod', undo: false },
  async break(cluster) {
    await stopOperator(cluster);
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
    if (readyCount(await operatorPods(cluster)) !== 2) throw new Error('the operator pods are not Ready');
  },
} satisfies Scenario;
