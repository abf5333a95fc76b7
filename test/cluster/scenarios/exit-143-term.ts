import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** Something ends the operator politely, again and again: that it was asked is a finding, why is not known. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-unexplained' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 143, reason: 'Error', log: '' });
  },
} satisfies Scenario;
