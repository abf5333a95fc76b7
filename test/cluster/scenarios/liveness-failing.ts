import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** The operator does not listen, and the kubelets kill it. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'liveness-failing' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 143, reason: 'Error', log: '' }, [
      [
        'Unhealthy',
        'Liveness probe failed: Get "https://10.0.0.7:8443/metrics": dial tcp 10.0.0.7:8443: connect: connection refused',
      ],
      ['Killing', 'Container virt-operator failed liveness probe, will be restarted'],
    ]);
  },
} satisfies Scenario;
