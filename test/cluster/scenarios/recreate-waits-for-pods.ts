import { read } from '../api.ts';
import { patch, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

interface Pods {
  items: { metadata: { deletionTimestamp?: string } }[];
}

/** A roll-out with strategy Recreate, whose old pods take their time: something keeps them. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'recreate-waits-for-pods' },
  async break(cluster) {
    for (const { metadata } of await operatorPods(cluster)) {
      await patch(cluster, ['pod', metadata.name, IN_KUBEVIRT], {
        metadata: { finalizers: ['backup.example.com/snapshot'] },
      });
    }
    await patch(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT], {
      spec: {
        strategy: { type: 'Recreate', rollingUpdate: null },
        template: { metadata: { annotations: { 'example.com/restarted': 'yes' } } },
      },
    });
    await waitUntil('both old pods are being deleted', 60, async () => {
      const { items } = (await read<Pods>(cluster, '/api/v1/namespaces/kubevirt/pods')) ?? { items: [] };
      return items.filter(({ metadata }) => metadata.deletionTimestamp).length === 2;
    });
  },
} satisfies Scenario;
