import { get, kubectl, waitUntil } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Someone deleted the namespace; its deletion waits for the KubeVirt resource, which nobody finalizes any more. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'namespace-terminating' },
  async break(cluster) {
    await stopOperator(cluster);
    await kubectl(cluster, ['delete', 'namespace', 'kubevirt', '--wait=false']);
    await waitForPods(cluster, 0);
    await waitUntil('the namespace says why it remains', 120, async () => {
      const namespace = await get<{ status: { conditions?: { type: string; status: string }[] } }>(cluster, [
        'namespace',
        'kubevirt',
      ]);
      return namespace?.status.conditions?.some(({ status }) => status === 'True') ?? false;
    });
  },
} satisfies Scenario;
