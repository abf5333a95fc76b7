import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** Something on the nodes kills the operator. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'exit-137-kill' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 137, reason: 'Error', log: '' });
  },
} satisfies Scenario;
