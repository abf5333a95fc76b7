import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForStaleLease, waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** The pods found no node, for all are cordoned; then kube-scheduler died: to uncordon the nodes is not enough. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'scheduler-down' },
  waits: 50,
  async break(cluster) {
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
    await stop(cluster, 'kube-scheduler', 'SIGKILL');
    await waitForStaleLease(cluster, 'kube-system', 'kube-scheduler', 50);
  },
} satisfies Scenario;
