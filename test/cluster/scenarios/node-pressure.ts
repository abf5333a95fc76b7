import { evict } from '../evict.ts';
import { kubectl } from '../kubectl.ts';
import { setNodeCondition, waitForTaint } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { IN_KUBEVIRT, operatorPods, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const PRESSURE = {
  type: 'DiskPressure',
  status: 'True',
  reason: 'KubeletHasDiskPressure',
  message: 'kubelet has disk pressure',
} as const;

/** The disks of the control-plane nodes are full: one operator pod was evicted, the other lost. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'node-pressure' },
  async break(cluster) {
    await setNodeCondition(cluster, CONTROL_PLANE_NODES, PRESSURE);
    await waitForTaint(cluster, CONTROL_PLANE_NODES, 'node.kubernetes.io/disk-pressure');
    await stopOperator(cluster);
    const [evicted = '', lost = ''] = (await operatorPods(cluster)).map((pod) => pod.metadata.name);
    await evict(cluster, evicted);
    await kubectl(cluster, ['delete', 'pod', lost, IN_KUBEVIRT, '--wait=false']);
    await waitForUnschedulable(cluster, 2, 1);
  },
} satisfies Scenario;
