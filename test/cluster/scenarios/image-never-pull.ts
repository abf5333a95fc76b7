import { OPERATOR_IMAGE } from '../build.ts';
import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes 1.36 pkg/kubelet/images/image_manager.go EnsureImageExists. */
const ABSENT = `Container image "${OPERATOR_IMAGE}" is not present with pull policy of Never`;

/** Installed for nodes that were to hold the image, and do not. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-never-pull' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: waiting('ErrImageNeverPull', ABSENT),
      events: [
        ['ErrImageNeverPull', ABSENT],
        ['Failed', 'Error: ErrImageNeverPull'],
      ],
      change: (deployment) => {
        for (const container of deployment.spec.template.spec.containers) container.imagePullPolicy = 'Never';
      },
    });
  },
} satisfies Scenario;
