import { OPERATOR_IMAGE } from '../build.ts';
import { installUnpullable } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

/** As containerd 2.1 says it (core/diff/apply). */
const FULL =
  `failed to pull and unpack image "${OPERATOR_IMAGE}": failed to extract layer ` +
  'sha256:2f9f8a3ad12c5b7cdb3f8a07e21b8b1a1a4be1a3f7c1d8d4c8c4d6ad1b7a9d10: write ' +
  '/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/41/fs/usr/bin/virt-operator: no space left on device';

/** Installed on nodes whose disks are full. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-disk-full' },
  async break(cluster) {
    await installUnpullable(cluster, OPERATOR_IMAGE, FULL);
  },
} satisfies Scenario;
