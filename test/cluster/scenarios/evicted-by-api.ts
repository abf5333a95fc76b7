import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { stopOperator } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** All control-plane nodes are drained at once; the drained pods are still ending. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'cordoned' },
  async break(cluster) {
    await stopOperator(cluster);
    await stop(cluster, 'kwok');
    const options = ['--ignore-daemonsets', '--delete-emptydir-data', '--force', '--timeout=3s'];
    // It waits for the pods to end, which takes their kubelets half a minute.
    await kubectl(cluster, ['drain', ...CONTROL_PLANE_NODES, ...options]).catch(() => undefined);
    await waitForUnschedulable(cluster, 2, 2);
  },
} satisfies Scenario;
