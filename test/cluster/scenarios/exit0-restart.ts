import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** KubeVirt v1.7 pkg/virt-operator/application.go configModificationCallback. */
const WORDS =
  '{"component":"virt-operator","level":"info","msg":"Reinitialize virt-operator, ServiceMonitor has been introduced"}';

/** The Prometheus operator was installed, and virt-operator starts anew. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'exit0-restart' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 0, reason: 'Completed', log: WORDS });
  },
} satisfies Scenario;
