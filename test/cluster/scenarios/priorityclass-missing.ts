import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'priorityclass-missing' },
  repair: { action: 'create-priorityclass', undo: true },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'priorityclass', 'kubevirt-cluster-critical']);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'no PriorityClass with name kubevirt-cluster-critical was found');
  },
} satisfies Scenario;
