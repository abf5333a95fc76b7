import type { OperatorDeployment } from '../deployment.ts';
import { create, get, kubectl, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, operatorPods, readyCount } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A tool adds a label of its own to all that it applies, also to selectors: the Deployment was deleted without its pods, and came back with that. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'orphaned-replicaset' },
  async break(cluster) {
    const found = await get<OperatorDeployment>(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT]);
    const { name = '', namespace = 'kubevirt', labels = {} } = found?.metadata ?? {};
    const { template, ...spec } = found?.spec ?? {};
    const own = { 'kubevirt.io': 'virt-operator', 'app.example.com/instance': 'kubevirt' };
    await kubectl(cluster, ['delete', 'deployment', name, '--cascade=orphan', IN_KUBEVIRT]);
    await create(cluster, {
      ...found,
      metadata: { name, namespace, labels },
      spec: { ...spec, selector: { matchLabels: own }, template: { ...template, metadata: { labels: own } } },
      status: undefined,
    });
    await waitUntil('four pods are Ready', 60, async () => readyCount(await operatorPods(cluster)) === 4);
  },
} satisfies Scenario;
