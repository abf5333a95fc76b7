import { crashAgainAndAgain } from '../crashes.ts';
import { stopServingLogs } from '../kubelet.ts';
import type { Scenario } from '../scenario.ts';

/** The operator ends and says why in its log only, which no kubelet gives: nothing listens on their port. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-unexplained' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 1, reason: 'Error', log: 'nobody reads this', leavesMessage: false });
    await stopServingLogs(cluster);
  },
} satisfies Scenario;
