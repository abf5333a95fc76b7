import { installUnpullable, unresolved } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'docker.io/mirror/virt-operator:v1.7.0';

/** Installed through a registry that has answered too many pulls. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-rate-limited' },
  async break(cluster) {
    await installUnpullable(
      cluster,
      IMAGE,
      unresolved(
        IMAGE,
        'unexpected status from HEAD request to https://registry-1.docker.io/v2/mirror/virt-operator/manifests/v1.7.0: 429 Too Many Requests',
      ),
    );
  },
} satisfies Scenario;
