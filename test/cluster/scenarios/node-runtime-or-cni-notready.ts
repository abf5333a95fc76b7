import { setNodeCondition, waitForTaint } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { forgetOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** containerd 2.1 internal/cri/server/status.go, as the kubelet passes it on. */
const MESSAGE =
  'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized';

/** The control-plane nodes lost their network plugin, and then the operator's pods. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'node-runtime-or-cni-notready' },
  async break(cluster) {
    await stop(cluster, 'kwok');
    const condition = { type: 'Ready', status: 'False', reason: 'KubeletNotReady', message: MESSAGE } as const;
    await setNodeCondition(cluster, CONTROL_PLANE_NODES, condition);
    await waitForTaint(cluster, CONTROL_PLANE_NODES, 'node.kubernetes.io/not-ready');
    await forgetOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
