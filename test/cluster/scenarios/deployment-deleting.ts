import { kubectl, patch } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const TARGET = ['deployment', 'virt-operator', IN_KUBEVIRT];

/** Someone deleted the Deployment with all that it made, and a finalizer of another product holds it. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-deleting' },
  async break(cluster) {
    await stopOperator(cluster);
    await patch(cluster, TARGET, { metadata: { finalizers: ['backup.example.com/hold'] } });
    await kubectl(cluster, ['delete', ...TARGET, '--cascade=foreground', '--wait=false']);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
