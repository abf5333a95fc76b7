import { installUnpullable } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'registry.example.com/mirror/virt-operator:v1.7.0-arm64';
/** As containerd 2.1 says it (core/images/image.go). */
const REFUSED = `failed to pull and unpack image "${IMAGE}": no match for platform in manifest: not found`;

/** Installed from an image that is built for another processor architecture only. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-arch-mismatch' },
  async break(cluster) {
    await installUnpullable(cluster, IMAGE, REFUSED);
  },
} satisfies Scenario;
