import { kubectl, patch } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { IN_KUBEVIRT, operatorPods, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A roll-out asks for a label that no node has; then the nodes are drained, and the old pods find none either. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'cordoned' },
  async break(cluster) {
    const old = await operatorPods(cluster);
    const nodeSelector = { 'kubernetes.io/os': 'linux', 'example.com/disk': 'ssd' };
    await patch(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT], {
      spec: { template: { spec: { nodeSelector } } },
    });
    await waitForUnschedulable(cluster, 1, old.length);
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    await stopOperator(cluster);
    await kubectl(cluster, ['delete', 'pod', ...old.map(({ metadata }) => metadata.name), IN_KUBEVIRT]);
    await waitForUnschedulable(cluster, 1 + old.length);
  },
} satisfies Scenario;
