import { kubectl } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The ReplicaSet controller lost its rights, and with them the right to say so. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'controller-rbac-broken' },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'clusterrolebinding', 'system:controller:replicaset-controller']);
    await loseOperatorPods(cluster);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
