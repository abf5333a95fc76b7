import { serveMonitoring } from '../monitoring.ts';
import { leaderOrFirstPod, startOperator, waitForLeader } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** prometheus-operator was installed after KubeVirt, which found no account of Prometheus then. */
export default {
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await serveMonitoring(cluster);
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitForLeader(cluster);
  },
} satisfies Scenario;
