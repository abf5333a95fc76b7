import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import type { Scenario } from '../scenario.ts';

/** Maintenance was announced, all nodes that may run the operator were cordoned at once, and its pods go on. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
  },
} satisfies Scenario;
