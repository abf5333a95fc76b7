import { fillControlPlane } from '../filler.ts';
import { waitForUnschedulable } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Pods that virt-operator may not displace leave too little of each control-plane node's 8Gi. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'insufficient-memory' },
  async break(cluster) {
    await fillControlPlane(cluster, { container: { resources: { requests: { memory: '7900Mi' } } } });
    await loseOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
