import { waitForPods, waitForStaleLease } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** kube-controller-manager died, and then the operator's pods: nobody makes new ones. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'controller-manager-down' },
  waits: 50,
  async break(cluster) {
    await stop(cluster, 'kube-controller-manager', 'SIGKILL');
    await loseOperatorPods(cluster);
    await waitForPods(cluster, 0);
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 50);
  },
} satisfies Scenario;
