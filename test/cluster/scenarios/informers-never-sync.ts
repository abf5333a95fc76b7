import { waitUntil } from '../kubectl.ts';
import { loseOperatorPods, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** New operator pods are Ready for more than a minute, and neither of them ever asked for the Lease. */
export default {
  waits: 70,
  expects: { verdict: 'down', exitCode: 3, cause: 'no-leader' },
  async break(cluster) {
    const start = Date.now();
    await loseOperatorPods(cluster);
    await waitUntil('two new operator pods are Ready for 65 s', 150, async () => {
      const pods = await operatorPods(cluster);
      const ages = pods.map(({ status }) => {
        const ready = status.conditions?.find(({ type, status }) => type === 'Ready' && status === 'True');
        const since = Date.parse(ready?.lastTransitionTime ?? '');
        return since >= start - 1000 ? Date.now() - since : 0;
      });
      return ages.length === 2 && ages.every((age) => age > 65_000);
    });
  },
} satisfies Scenario;
