import { waitUntil } from '../kubectl.ts';
import { loseOperatorPods, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const ROUNDS = 3;
const LIFE_MS = 6000;

/** Something deletes the operator's pods again and again, and leaves no trace of itself. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'pod-churn' },
  async break(cluster) {
    for (let round = 1; round <= ROUNDS; round++) {
      const former = (await operatorPods(cluster)).map(({ metadata }) => metadata.uid);
      await loseOperatorPods(cluster);
      await waitUntil(`pods of round ${round} live for some seconds`, 60, async () => {
        const pods = (await operatorPods(cluster)).filter(({ metadata }) => !former.includes(metadata.uid));
        return pods.length === 2 && pods.every(({ metadata }) => ageOf(metadata.creationTimestamp) > LIFE_MS);
      });
    }
  },
} satisfies Scenario;

function ageOf(time: string): number {
  return Date.now() - Date.parse(time);
}
