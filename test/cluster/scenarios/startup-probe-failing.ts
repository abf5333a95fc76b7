import { breakNewPods, RUNNING } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Somebody gave the operator a startup probe that asks the wrong port. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'startup-probe-failing' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: { phase: 'Running', containers: [{ state: RUNNING }] },
      events: [
        [
          'Unhealthy',
          'Startup probe failed: Get "http://10.0.0.7:8080/healthz": dial tcp 10.0.0.7:8080: connect: connection refused',
        ],
      ],
      change: ({ spec }) => {
        for (const container of spec.template.spec.containers) {
          container.startupProbe = { httpGet: { path: '/healthz', port: 8080 } };
        }
      },
    });
  },
} satisfies Scenario;
