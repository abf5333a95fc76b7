import { kubectl } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The Deployment controller lost its rights while the operator was scaled to 0: nobody scales its ReplicaSet up again. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'controller-rbac-broken' },
  async break(cluster) {
    const scale = (replicas: number) =>
      kubectl(cluster, ['scale', 'deployment/virt-operator', `--replicas=${replicas}`, IN_KUBEVIRT]);
    await scale(0);
    await waitForPods(cluster, 0);
    await kubectl(cluster, ['delete', 'clusterrolebinding', 'system:controller:deployment-controller']);
    await scale(2);
  },
} satisfies Scenario;
