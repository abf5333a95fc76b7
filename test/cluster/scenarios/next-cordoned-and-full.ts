import { fillControlPlane } from '../filler.ts';
import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The scheduler tells of the cordon alone: that the nodes have no room either is seen in their pods. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'cordoned' },
  async break(cluster) {
    await fillControlPlane(cluster, { container: { resources: { requests: { memory: '7900Mi' } } } });
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
