import { create } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'limitrange-violation' },
  async break(cluster) {
    await create(cluster, {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'container-limits', namespace: 'kubevirt' },
      spec: { limits: [{ type: 'Container', min: { memory: '1Gi' } }] },
    });
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'minimum memory usage per Container is 1Gi');
  },
} satisfies Scenario;
