import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'taint-untolerated-custom' },
  repair: { action: 'remove-taint', undo: true },
  async break(cluster) {
    await kubectl(cluster, ['taint', 'nodes', ...CONTROL_PLANE_NODES, 'dedicated=infra:NoSchedule']);
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
