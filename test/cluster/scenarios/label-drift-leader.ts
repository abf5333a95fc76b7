import { setTimeout as pause } from 'node:timers/promises';
import { kubectl, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, operatorPods, readyCount } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** So long the former leader of pods that were just replaced may go on. */
const SECONDS = 45;

/** Someone took the label off the leader: its ReplicaSet let it go, and it leads on beside the Deployment's pods. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'label-drift' },
  waits: SECONDS,
  async break(cluster) {
    await kubectl(cluster, ['label', 'pod', await leaderOrFirstPod(cluster), 'kubevirt.io-', IN_KUBEVIRT]);
    await waitUntil('two pods are Ready', 60, async () => readyCount(await operatorPods(cluster)) === 2);
    await pause(SECONDS * 1000);
  },
} satisfies Scenario;
