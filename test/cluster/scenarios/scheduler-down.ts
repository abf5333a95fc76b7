import { waitForPods, waitForStaleLease } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** kube-scheduler died, and then the operator's pods: nobody gives the new ones a node. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'scheduler-down' },
  waits: 50,
  async break(cluster) {
    await stop(cluster, 'kube-scheduler', 'SIGKILL');
    await loseOperatorPods(cluster);
    await waitForStaleLease(cluster, 'kube-system', 'kube-scheduler', 50);
    await waitForPods(cluster, 2);
  },
} satisfies Scenario;
