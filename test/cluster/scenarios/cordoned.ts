import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'cordoned' },
  repair: { action: 'uncordon', undo: true },
  async break(cluster) {
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
