import { startKubelets } from '../control-plane.ts';
import { create, kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES, controlPlaneNode } from '../nodes.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** The control-plane nodes were removed under the operator's pods; the garbage collector of pods waits 40 seconds. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'node-deleted' },
  repair: {
    action: 'force-delete-pod',
    undo: false,
    async before(cluster) {
      await create(cluster, controlPlaneNode('cp-9'));
      startKubelets(cluster);
    },
  },
  async break(cluster) {
    await stop(cluster, 'kwok');
    await kubectl(cluster, ['delete', 'nodes', ...CONTROL_PLANE_NODES]);
  },
} satisfies Scenario;
