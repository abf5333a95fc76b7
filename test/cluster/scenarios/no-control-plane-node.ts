import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const ROLE = 'node-role.kubernetes.io/control-plane';

/** All nodes are workers, as where a provider runs the control plane elsewhere. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'no-control-plane-node' },
  async break(cluster) {
    await kubectl(cluster, ['label', 'nodes', ...CONTROL_PLANE_NODES, `${ROLE}-`, 'node-role.kubernetes.io/worker=']);
    await kubectl(cluster, ['taint', 'nodes', ...CONTROL_PLANE_NODES, `${ROLE}-`]);
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
