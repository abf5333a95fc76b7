import { crashAgainAndAgain, endOfBareOperator } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** The operator gets an argument of another version. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'startup-misc-fatal' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, await endOfBareOperator(cluster, ['--of-another-version=true']));
  },
} satisfies Scenario;
