import { waitForStaleLease } from '../observe.ts';
import { stopOperator } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** kube-controller-manager died, and then the nodes: nobody calls them anything but Ready. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'node-lease-stale-but-ready' },
  waits: 70,
  async break(cluster) {
    await stop(cluster, 'kube-controller-manager', 'SIGKILL');
    await stop(cluster, 'kwok');
    await stopOperator(cluster);
    await waitForStaleLease(cluster, 'kube-node-lease', 'cp-0', 70);
    await waitForStaleLease(cluster, 'kube-node-lease', 'cp-1', 61);
    await waitForStaleLease(cluster, 'kube-node-lease', 'cp-2', 61);
  },
} satisfies Scenario;
