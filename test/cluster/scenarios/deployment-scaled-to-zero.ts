import { kubectl } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-scaled-to-zero' },
  repair: { action: 'scale-up', undo: true },
  async break(cluster) {
    await stopOperator(cluster);
    await kubectl(cluster, ['scale', 'deployment', 'virt-operator', '--replicas=0', IN_KUBEVIRT]);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
