import { OPERATOR_IMAGE } from '../build.ts';
import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Kubernetes 1.36 pkg/kubelet/images/image_manager.go evalCRIPullErr, with CRI-O's reason. */
const REJECTED =
  `image pull failed for ${OPERATOR_IMAGE} because the signature validation failed: ` +
  'Source image rejected: A signature was required, but no signature exists';

/** The nodes demand signatures, and the image has none. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-signature' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: waiting('SignatureValidationFailed', REJECTED),
      events: [
        ['Failed', `Failed to pull image "${OPERATOR_IMAGE}": ${REJECTED}`],
        ['Failed', 'Error: SignatureValidationFailed'],
      ],
    });
  },
} satisfies Scenario;
