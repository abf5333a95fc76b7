import { kubectl } from '../kubectl.ts';
import { installMonitoring } from '../monitoring.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The pods have lost the label by which the metrics Service selects them. */
export default {
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await installMonitoring(cluster);
    const pods = ['pods', '--selector=kubevirt.io=virt-operator', IN_KUBEVIRT];
    await kubectl(cluster, ['label', ...pods, 'prometheus.kubevirt.io-']);
  },
} satisfies Scenario;
