import { setTimeout as pause } from 'node:timers/promises';
import { kubectl, patch, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, operatorPods, readyCount } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** One operator pod was replaced long ago, but a backup product's finalizer keeps the old one. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  waits: 35,
  async break(cluster) {
    const leader = await leaderOrFirstPod(cluster);
    const [other] = (await operatorPods(cluster)).map((pod) => pod.metadata.name).filter((name) => name !== leader);
    const target = ['pod', other ?? '', IN_KUBEVIRT];
    await patch(cluster, target, { metadata: { finalizers: ['backup.example.com/snapshot'] } });
    await kubectl(cluster, ['delete', ...target, '--grace-period=1', '--wait=false']);
    await waitUntil('the pod was replaced', 60, async () => {
      const pods = await operatorPods(cluster);
      return pods.length === 3 && readyCount(pods.filter((pod) => pod.metadata.name !== other)) === 2;
    });
    await pause(35_000);
  },
} satisfies Scenario;
