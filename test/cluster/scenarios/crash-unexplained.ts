import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** The operator ends with words that no rule knows. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-unexplained' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 3, reason: 'Error', log: 'starting\nno rule knows this' });
  },
} satisfies Scenario;
