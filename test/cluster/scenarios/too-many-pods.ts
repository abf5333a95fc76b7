import { fillControlPlane } from '../filler.ts';
import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const ONE_POD = JSON.stringify({ status: { allocatable: { pods: '1' } } });

/** Each control-plane node's kubelet takes one pod, and has it. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'too-many-pods' },
  async break(cluster) {
    await fillControlPlane(cluster);
    for (const node of CONTROL_PLANE_NODES) {
      await kubectl(cluster, ['patch', 'node', node, '--subresource=status', '--type=merge', `--patch=${ONE_POD}`]);
    }
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
