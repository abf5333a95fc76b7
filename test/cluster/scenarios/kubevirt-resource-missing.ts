import { kubectl, patch } from '../kubectl.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, startOperator, stopOperator, waitForLeader } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A backup of the cluster was restored, without the custom resources. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await stopOperator(cluster);
    await kubectl(cluster, ['delete', 'validatingwebhookconfiguration', 'virt-operator-validator']);
    await patch(cluster, ['kubevirt', 'kubevirt', IN_KUBEVIRT], { metadata: { finalizers: null } });
    await kubectl(cluster, ['delete', 'kubevirt', 'kubevirt', IN_KUBEVIRT, '--timeout=30s']);
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitForLeader(cluster);
  },
} satisfies Scenario;
