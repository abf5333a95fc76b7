import { kubectl } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-missing' },
  async break(cluster) {
    await stopOperator(cluster);
    await kubectl(cluster, ['delete', 'deployment', 'virt-operator', IN_KUBEVIRT]);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
