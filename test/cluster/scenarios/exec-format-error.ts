import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** The image holds a program for another processor architecture, and says that it fits. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'exec-format-error' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, {
      exitCode: 255,
      reason: 'Error',
      log: 'exec /usr/bin/virt-operator: exec format error',
    });
  },
} satisfies Scenario;
