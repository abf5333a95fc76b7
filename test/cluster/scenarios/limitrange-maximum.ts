import { limitContainerMemory } from '../limit-range.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The API server copies a maximum into the missing default, and the pod is invalid before its request is compared with the maximum. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'limitrange-violation' },
  async break(cluster) {
    await limitContainerMemory(cluster, { max: '256Mi' });
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'must be less than or equal to memory limit of 256Mi');
  },
} satisfies Scenario;
