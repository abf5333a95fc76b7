import { crashAgainAndAgain } from '../crashes.ts';
import type { Scenario } from '../scenario.ts';

/** client-go v0.36 tools/leaderelection/leaderelection.go, KubeVirt v1.7 pkg/virt-operator/application.go. */
const LOST = [
  'E1123 03:00:07.104223       1 leaderelection.go:436] error retrieving resource lock kubevirt/virt-operator: Get ' +
    '"https://10.96.0.1:443/apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-operator?timeout=5s": context deadline exceeded',
  'I1123 03:00:07.104301       1 leaderelection.go:297] failed to renew lease kubevirt/virt-operator: timed out waiting for the condition',
  '{"component":"virt-operator","level":"fatal","msg":"leaderelection lost","pos":"application.go:356"}',
].join('\n');

/** The API server answers too slowly for the lease. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'leader-election-lost' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 1, reason: 'Error', log: LOST });
  },
} satisfies Scenario;
