import { restartKubelets } from '../kubelet.ts';
import { setNodeCondition, waitForTaint } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForStaleLease, waitForUnschedulable } from '../observe.ts';
import { forgetOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

const DOWN = {
  type: 'Ready',
  status: 'False',
  reason: 'KubeletNotReady',
  message: 'container runtime is down',
} as const;

/** The nodes are ready again, but kube-controller-manager, which would take the taint off, died in the meantime. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'taint-not-ready' },
  waits: 50,
  async break(cluster) {
    await stop(cluster, 'kwok');
    await setNodeCondition(cluster, CONTROL_PLANE_NODES, DOWN);
    await waitForTaint(cluster, CONTROL_PLANE_NODES, 'node.kubernetes.io/not-ready');
    await forgetOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
    await stop(cluster, 'kube-controller-manager', 'SIGKILL');
    await restartKubelets(cluster);
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 50);
  },
} satisfies Scenario;
