import { kubectl } from '../kubectl.ts';
import { installMonitoring } from '../monitoring.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** An upgrade that was given up: the Deployment is of the new version, the alert rules are of the old one. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-scaled-to-zero' },
  async break(cluster) {
    await installMonitoring(cluster);
    await stopOperator(cluster);
    const deployment = ['deployment/virt-operator', IN_KUBEVIRT];
    await kubectl(cluster, ['scale', ...deployment, '--replicas=0']);
    await kubectl(cluster, ['set', 'image', ...deployment, 'virt-operator=quay.io/kubevirt/virt-operator:v1.9.0']);
    await kubectl(cluster, ['set', 'env', ...deployment, 'KUBEVIRT_VERSION=v1.9.0']);
    await waitForPods(cluster, 0);
  },
} satisfies Scenario;
