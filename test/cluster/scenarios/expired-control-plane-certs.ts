import { waitForStaleLease } from '../observe.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** kube-controller-manager and kube-scheduler end in one minute, as when their certificates expire; the operator goes on. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  waits: 80,
  async break(cluster) {
    await Promise.all(['kube-controller-manager', 'kube-scheduler'].map((name) => stop(cluster, name, 'SIGKILL')));
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 75);
    await waitForStaleLease(cluster, 'kube-system', 'kube-scheduler', 75);
  },
} satisfies Scenario;
