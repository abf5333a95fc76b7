import { breakNewPods, RUNNING } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** The operator runs and does not listen. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'readiness-failing' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: { phase: 'Running', containers: [{ started: true, state: RUNNING }] },
      events: [
        [
          'Unhealthy',
          'Readiness probe failed: Get "https://10.0.0.7:8443/metrics": dial tcp 10.0.0.7:8443: connect: connection refused',
        ],
      ],
    });
  },
} satisfies Scenario;
