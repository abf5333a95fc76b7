import { limitContainerMemory } from '../limit-range.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'limitrange-violation' },
  async break(cluster) {
    await limitContainerMemory(cluster, { min: '1Gi' });
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'minimum memory usage per Container is 1Gi');
  },
} satisfies Scenario;
