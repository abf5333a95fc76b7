import { kubectl } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Two pods are Ready, and neither renews the Lease; a quota that came later has no room for the pods that would take their place. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'no-leader' },
  repair: { action: 'restart-pod', first: 'raise-quota', undo: true },
  async break(cluster) {
    await stopOperator(cluster);
    await kubectl(cluster, ['create', 'quota', 'frozen', '--hard=pods=0', IN_KUBEVIRT]);
    const counted = '--for=jsonpath={.status.used.pods}';
    await kubectl(cluster, ['wait', counted, 'resourcequota/frozen', IN_KUBEVIRT, '--timeout=120s']);
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
  },
} satisfies Scenario;
