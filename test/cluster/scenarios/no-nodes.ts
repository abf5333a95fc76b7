import { kubectl } from '../kubectl.ts';
import { waitForUnschedulable } from '../observe.ts';
import { forgetOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** Every node object was deleted. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'no-nodes' },
  async break(cluster) {
    await stop(cluster, 'kwok');
    await kubectl(cluster, ['delete', 'nodes', '--all']);
    await forgetOperatorPods(cluster);
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
