import { setTimeout as pause } from 'node:timers/promises';
import { ignoreNewPods } from '../kubelet.ts';
import { waitForPods } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The kubelets report, but do nothing with the pods that they are given. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'kubelet-not-acting' },
  waits: 125,
  async break(cluster) {
    await ignoreNewPods(cluster);
    await loseOperatorPods(cluster);
    await waitForPods(cluster, 2);
    await pause(125_000);
  },
} satisfies Scenario;
