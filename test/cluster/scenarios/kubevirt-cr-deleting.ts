import { kubectl } from '../kubectl.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Someone began to uninstall KubeVirt, and scaled the operator down in the middle of it. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-scaled-to-zero' },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'kubevirt', 'kubevirt', IN_KUBEVIRT, '--wait=false']);
    await stopOperator(cluster);
    await kubectl(cluster, ['scale', 'deployment/virt-operator', '--replicas=0', IN_KUBEVIRT]);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
