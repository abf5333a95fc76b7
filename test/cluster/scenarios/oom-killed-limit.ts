import { create } from '../kubectl.ts';
import { crashOperatorContainers } from '../kubelet.ts';
import { crashEvents } from '../kubelet-events.ts';
import { waitForWaiting } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A LimitRange gives the operator a memory limit that it does not fit into. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'oom-killed-limit' },
  async break(cluster) {
    await create(cluster, {
      apiVersion: 'v1',
      kind: 'LimitRange',
      metadata: { name: 'container-limits', namespace: 'kubevirt' },
      spec: { limits: [{ type: 'Container', default: { memory: '512Mi' } }] },
    });
    await crashOperatorContainers(cluster, { exitCode: 137, reason: 'OOMKilled', log: '' });
    await loseOperatorPods(cluster);
    await waitForWaiting(cluster, 'CrashLoopBackOff', 2);
    await crashEvents(cluster);
  },
} satisfies Scenario;
