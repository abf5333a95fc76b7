import { installUnpullable, unanswered } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'registry.example.com/mirror/virt-operator:v1.7.0';

/** Installed from a mirror whose name the nodes cannot resolve. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-dns' },
  async break(cluster) {
    await installUnpullable(
      cluster,
      IMAGE,
      unanswered(IMAGE, 'dial tcp: lookup registry.example.com on 192.0.2.53:53: no such host'),
    );
  },
} satisfies Scenario;
