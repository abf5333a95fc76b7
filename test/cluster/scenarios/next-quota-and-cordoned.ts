import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForFailedCreate } from '../observe.ts';
import { IN_KUBEVIRT, loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Three obstacles one behind the other: the API server names the first, and the scheduler is not even asked. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'priorityclass-missing' },
  repair: { action: 'uncordon', first: 'create-priorityclass', undo: true },
  async break(cluster) {
    await kubectl(cluster, ['create', 'quota', 'team-quota', '--hard=requests.memory=2Gi', IN_KUBEVIRT]);
    const counted = '--for=jsonpath={.status.used}';
    await kubectl(cluster, ['wait', counted, 'resourcequota/team-quota', IN_KUBEVIRT, '--timeout=120s']);
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    await kubectl(cluster, ['delete', 'priorityclass', 'kubevirt-cluster-critical']);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'no PriorityClass with name kubevirt-cluster-critical was found');
  },
} satisfies Scenario;
