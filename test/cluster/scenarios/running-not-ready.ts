import { create, kubectl } from '../kubectl.ts';
import { IN_MONITORING, kubeStateMetrics, MONITORING, RULE_OF_1_9, serveMonitoring } from '../monitoring.ts';
import type { Scenario } from '../scenario.ts';
import readinessFailing from './readiness-failing.ts';

/** The operator runs and does not listen, and the alert about pods counts phases. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'readiness-failing' },
  async break(cluster) {
    await serveMonitoring(cluster);
    await create(cluster, RULE_OF_1_9, MONITORING, kubeStateMetrics());
    await kubectl(cluster, ['rollout', 'status', 'deployment/kube-state-metrics', IN_MONITORING, '--timeout=60s']);
    await readinessFailing.break(cluster);
  },
} satisfies Scenario;
