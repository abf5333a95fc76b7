import { OPERATOR_IMAGE } from '../build.ts';
import { installUnpullable } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

/** As containerd 2.1 says it of a layer that came broken (core/content/helpers.go); no rule knows it. */
const BROKEN =
  `failed to pull and unpack image "${OPERATOR_IMAGE}": failed commit on ref "layer-sha256:2f9f": ` +
  'unexpected commit digest sha256:7d1e, expected sha256:2f9f: failed precondition';

/** The image cannot be pulled, for a reason that nobody thought of. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-pull-failed' },
  async break(cluster) {
    await installUnpullable(cluster, OPERATOR_IMAGE, BROKEN);
  },
} satisfies Scenario;
