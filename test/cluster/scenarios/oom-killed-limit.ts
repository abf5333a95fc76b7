import { crashOperatorContainers } from '../kubelet.ts';
import { crashEvents } from '../kubelet-events.ts';
import { limitContainerMemory } from '../limit-range.ts';
import { waitForWaiting } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const LIMIT = '512Mi';

/** A LimitRange gives the operator a memory limit that it does not fit into. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'oom-killed-limit' },
  repair: { action: 'remove-memory-limit', undo: true },
  async break(cluster) {
    await limitContainerMemory(cluster, { default: LIMIT });
    const limited = { key: '.spec.containers.[].resources.limits.memory', operator: 'In', values: [LIMIT] };
    await crashOperatorContainers(cluster, { exitCode: 137, reason: 'OOMKilled', log: '' }, limited);
    await loseOperatorPods(cluster);
    await waitForWaiting(cluster, 'CrashLoopBackOff', 2);
    await crashEvents(cluster);
  },
} satisfies Scenario;
