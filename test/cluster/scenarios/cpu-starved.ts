import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** On overloaded nodes the operator answers too late and is killed for it; that the processor is short is a finding. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'liveness-failing' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 137, reason: 'Error', log: '' }, [
      [
        'Unhealthy',
        'Liveness probe failed: Get "https://10.0.0.7:8443/metrics": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      ],
      ['Killing', 'Container virt-operator failed liveness probe, will be restarted'],
    ]);
  },
} satisfies Scenario;
