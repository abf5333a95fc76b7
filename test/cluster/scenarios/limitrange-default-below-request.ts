import { limitContainerMemory } from '../limit-range.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'limitrange-default-below-request' },
  async break(cluster) {
    await limitContainerMemory(cluster, { default: '256Mi' });
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'must be less than or equal to memory limit of 256Mi');
  },
} satisfies Scenario;
