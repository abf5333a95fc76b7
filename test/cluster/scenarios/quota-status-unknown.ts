import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { IN_KUBEVIRT, loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A quota with limits whose count got lost; the controller that counts has lost its rights. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'quota-status-unknown' },
  async break(cluster) {
    await kubectl(cluster, ['create', 'quota', 'team-quota', '--hard=pods=50', IN_KUBEVIRT]);
    const quota = ['resourcequota/team-quota', IN_KUBEVIRT];
    await kubectl(cluster, ['wait', '--for=jsonpath={.status.used}', ...quota, '--timeout=30s']);
    await kubectl(cluster, ['delete', 'clusterrolebinding', 'system:controller:resourcequota-controller']);
    const uncounted = ['--type=merge', '--patch={"status":{"used":null}}'];
    await kubectl(cluster, ['patch', ...quota, '--subresource=status', ...uncounted]);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'status unknown for quota: team-quota');
  },
} satisfies Scenario;
