import { kubectl } from '../kubectl.ts';
import { waitForEvents } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import rsCreateError from './rs-create-error.ts';

/** The quota is gone. After so many tries the controller waits longer each time, and soon for good. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'rs-create-gave-up' },
  repair: { action: 'nudge-deployment', undo: false },
  waits: 25,
  async break(cluster) {
    await rsCreateError.break(cluster);
    await waitForEvents(cluster, 'ReplicaSetCreateError', 13);
    await kubectl(cluster, ['delete', 'quota', 'team-quota', IN_KUBEVIRT]);
  },
} satisfies Scenario;
