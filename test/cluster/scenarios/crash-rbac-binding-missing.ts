import { kubectl } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { leaderOrFirstPod, startOperator, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The operator's ClusterRoleBinding is gone: once restarted it runs, is Ready, and never leads. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-rbac' },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'clusterrolebinding', 'kubevirt-operator']);
    await stopOperator(cluster);
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
  },
} satisfies Scenario;
