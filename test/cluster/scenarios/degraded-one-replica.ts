import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The replica that does not lead was lost while all control-plane nodes were cordoned. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'cordoned' },
  async break(cluster) {
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    const leader = await leaderOrFirstPod(cluster);
    const others = (await operatorPods(cluster)).map((pod) => pod.metadata.name).filter((name) => name !== leader);
    await kubectl(cluster, ['delete', 'pods', ...others, IN_KUBEVIRT, '--wait=false']);
    await waitForUnschedulable(cluster, 1, 1);
  },
} satisfies Scenario;
