import { installUnpullable, unanswered } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'quay.io/kubevirt/virt-operator:v1.7.0';

/** Installed on nodes that have no way to the registry. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-network' },
  async break(cluster) {
    await installUnpullable(cluster, IMAGE, unanswered(IMAGE, 'dial tcp 192.0.2.80:443: i/o timeout'));
  },
} satisfies Scenario;
