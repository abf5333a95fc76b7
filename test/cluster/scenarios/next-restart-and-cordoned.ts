import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import type { Scenario } from '../scenario.ts';
import runtimeHangs from './create-container-error.ts';

/** The container runtime hangs, and the nodes have been cordoned since: pods that are deleted find no node. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'create-container-error' },
  async break(cluster) {
    await runtimeHangs.break(cluster);
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
  },
} satisfies Scenario;
