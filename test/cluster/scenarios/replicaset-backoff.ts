import { kubectl } from '../kubectl.ts';
import { waitForEvents } from '../observe.ts';
import type { Scenario } from '../scenario.ts';
import priorityclassMissing from './priorityclass-missing.ts';

/** The PriorityClass is back, and the ReplicaSet controller waits longer after each failure. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'replicaset-backoff' },
  repair: { action: 'nudge-replicaset', undo: false },
  waits: 25,
  async break(cluster) {
    await priorityclassMissing.break(cluster);
    await waitForEvents(cluster, 'FailedCreate', 13);
    await kubectl(cluster, ['create', 'priorityclass', 'kubevirt-cluster-critical', '--value=1000000000']);
  },
} satisfies Scenario;
