import { kubectl, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, operatorPods, readyCount } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Somebody typed a digit too many: the control plane has room for fewer. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'many-replicas' },
  async break(cluster) {
    await kubectl(cluster, ['scale', 'deployment/virt-operator', '--replicas=60', IN_KUBEVIRT]);
    await waitUntil('the nodes are full', 90, async () => {
      const pods = await operatorPods(cluster);
      const refused = ({ status }: (typeof pods)[number]) =>
        status.conditions?.some(({ reason }) => reason === 'Unschedulable');
      return pods.length === 60 && readyCount(pods) + pods.filter(refused).length === 60;
    });
  },
} satisfies Scenario;
