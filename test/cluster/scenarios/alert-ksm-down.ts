import { get, kubectl, waitUntil } from '../kubectl.ts';
import { IN_MONITORING, installMonitoring } from '../monitoring.ts';
import type { Scenario } from '../scenario.ts';

/** Somebody turned kube-state-metrics off: the operator works, and alerts say otherwise. */
export default {
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await installMonitoring(cluster);
    await kubectl(cluster, ['scale', 'deployment', 'kube-state-metrics', '--replicas=0', IN_MONITORING]);
    await waitUntil('kube-state-metrics has no replica', 30, async () => {
      const found = await get<{ status: { replicas?: number } }>(cluster, [
        'deployment',
        'kube-state-metrics',
        IN_MONITORING,
      ]);
      return (found?.status.replicas ?? 0) === 0;
    });
  },
} satisfies Scenario;
