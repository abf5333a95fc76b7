import { kubectl, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, operatorPods, readyCount } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Someone relabelled a pod: its ReplicaSet let it go, and made another. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    const leader = await leaderOrFirstPod(cluster);
    const other = (await operatorPods(cluster)).find((pod) => pod.metadata.name !== leader);
    const pod = other?.metadata.name ?? '';
    await kubectl(cluster, ['label', 'pod', pod, 'pod-template-hash=debug', '--overwrite', IN_KUBEVIRT]);
    await waitUntil('three pods are Ready', 60, async () => readyCount(await operatorPods(cluster)) === 3);
  },
} satisfies Scenario;
