import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { IN_KUBEVIRT, loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A quota on limits obliges every container to have some, and KubeVirt gives its own none. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'quota-must-specify' },
  async break(cluster) {
    await kubectl(cluster, ['create', 'quota', 'team-quota', '--hard=limits.cpu=8,limits.memory=16Gi', IN_KUBEVIRT]);
    const counted = '--for=jsonpath={.status.used}';
    await kubectl(cluster, ['wait', counted, 'resourcequota/team-quota', IN_KUBEVIRT, '--timeout=30s']);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'failed quota: team-quota: must specify limits.cpu');
  },
} satisfies Scenario;
