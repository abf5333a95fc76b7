import { setNodeCondition, waitForTaint } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForStaleLease, waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

const TYPE = { type: 'MemoryPressure' } as const;
const PRESSED = {
  ...TYPE,
  status: 'True',
  reason: 'KubeletHasInsufficientMemory',
  message: 'kubelet has insufficient memory available',
} as const;
const RELIEVED = {
  ...TYPE,
  status: 'False',
  reason: 'KubeletHasSufficientMemory',
  message: 'kubelet has sufficient memory available',
} as const;

/** The nodes have memory again, but kube-controller-manager, which would take the taint off, died in the meantime. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'taint-pressure' },
  waits: 50,
  async break(cluster) {
    await setNodeCondition(cluster, CONTROL_PLANE_NODES, PRESSED);
    await waitForTaint(cluster, CONTROL_PLANE_NODES, 'node.kubernetes.io/memory-pressure');
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
    await stop(cluster, 'kube-controller-manager', 'SIGKILL');
    await setNodeCondition(cluster, CONTROL_PLANE_NODES, RELIEVED);
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 50);
  },
} satisfies Scenario;
