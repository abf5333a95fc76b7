import { kubectl } from '../kubectl.ts';
import { setNodeCondition, waitForTaint } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const [FIRST = '', SECOND = '', THIRD = ''] = CONTROL_PLANE_NODES;
const PRESSURE = {
  type: 'MemoryPressure',
  status: 'True',
  reason: 'KubeletHasInsufficientMemory',
  message: 'kubelet has insufficient memory available',
} as const;

/** Each control-plane node is out of use for another reason. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'cordoned' },
  async break(cluster) {
    await kubectl(cluster, ['cordon', FIRST]);
    await kubectl(cluster, ['taint', 'nodes', SECOND, 'dedicated=infra:NoSchedule']);
    await setNodeCondition(cluster, [THIRD], PRESSURE);
    await waitForTaint(cluster, [THIRD], 'node.kubernetes.io/memory-pressure');
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
