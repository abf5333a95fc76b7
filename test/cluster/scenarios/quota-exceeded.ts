import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { IN_KUBEVIRT, loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'quota-exceeded' },
  repair: { action: 'raise-quota', undo: true },
  async break(cluster) {
    await kubectl(cluster, ['create', 'quota', 'team-quota', '--hard=requests.memory=2Gi', IN_KUBEVIRT]);
    const counted = '--for=jsonpath={.status.used}';
    await kubectl(cluster, ['wait', counted, 'resourcequota/team-quota', IN_KUBEVIRT, '--timeout=120s']);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'exceeded quota: team-quota');
  },
} satisfies Scenario;
