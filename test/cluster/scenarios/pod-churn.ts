import { waitUntil } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { loseOperatorPods, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const ROUNDS = 3;
const LIFE_MS = 6000;

/** Something deletes the operator's pods again and again, and leaves no trace of itself. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'pod-churn' },
  async break(cluster) {
    for (let round = 1; round <= ROUNDS; round++) {
      await loseOperatorPods(cluster);
      await waitForPods(cluster, 2);
      await waitUntil(`pods of round ${round} live for some seconds`, 60, async () => {
        const pods = await operatorPods(cluster);
        return pods.every(({ metadata }) => Date.now() - Date.parse(metadata.creationTimestamp) > LIFE_MS);
      });
    }
  },
} satisfies Scenario;
