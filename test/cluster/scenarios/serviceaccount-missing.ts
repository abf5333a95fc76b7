import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { IN_KUBEVIRT, loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'serviceaccount-missing' },
  repair: { action: 'create-serviceaccount', undo: true },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'serviceaccount', 'kubevirt-operator', IN_KUBEVIRT]);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'serviceaccount "kubevirt-operator" not found');
  },
} satisfies Scenario;
