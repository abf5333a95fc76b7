import { installUnpullable, unanswered } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'registry.example.com/mirror/virt-operator:v1.7.0';

/** Installed from a mirror whose certificate authority the nodes do not know. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-tls' },
  async break(cluster) {
    await installUnpullable(
      cluster,
      IMAGE,
      unanswered(IMAGE, 'tls: failed to verify certificate: x509: certificate signed by unknown authority'),
    );
  },
} satisfies Scenario;
