import { create, kubectl } from '../kubectl.ts';
import { leaderOrFirstPod, startOperator, waitForLeader } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A second KubeVirt resource came in while nobody checked. */
export default {
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'validatingwebhookconfiguration', 'virt-operator-validator']);
    await create(
      cluster,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team' } },
      { apiVersion: 'kubevirt.io/v1', kind: 'KubeVirt', metadata: { name: 'kubevirt', namespace: 'team' }, spec: {} },
    );
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitForLeader(cluster);
  },
} satisfies Scenario;
