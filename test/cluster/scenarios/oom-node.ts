import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** The nodes run out of memory. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'oom-node' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 137, reason: 'OOMKilled', log: '' });
  },
} satisfies Scenario;
