import { kubectl } from '../kubectl.ts';
import { waitForEvents, waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A quota allows no ReplicaSet, and the one that there was is deleted: the Deployment's status goes on saying 2/2. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'rs-create-error' },
  async break(cluster) {
    await stopOperator(cluster);
    await kubectl(cluster, ['create', 'quota', 'team-quota', '--hard=count/replicasets.apps=0', IN_KUBEVIRT]);
    const counted = '--for=jsonpath={.status.used}';
    await kubectl(cluster, ['wait', counted, 'resourcequota/team-quota', IN_KUBEVIRT, '--timeout=30s']);
    await kubectl(cluster, ['delete', 'replicaset', '--selector=kubevirt.io=virt-operator', IN_KUBEVIRT]);
    await waitForEvents(cluster, 'ReplicaSetCreateError', 1);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
