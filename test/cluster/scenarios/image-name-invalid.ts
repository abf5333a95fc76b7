import { setImage } from '../deployment.ts';
import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'Registry.example.com/KubeVirt/virt-operator:v1.7.0';
/** Kubernetes 1.36 pkg/kubelet/images/image_manager.go EnsureImageExists. */
const INVALID = `Failed to apply default image tag "${IMAGE}": couldn't parse image name "${IMAGE}": invalid reference format: repository name must be lowercase`;

/** Installed with capitals in the image's name. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-name-invalid' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: waiting('InvalidImageName', INVALID, IMAGE),
      events: [
        ['InspectFailed', INVALID],
        ['Failed', 'Error: InvalidImageName'],
      ],
      change: (deployment) => setImage(deployment, IMAGE),
    });
  },
} satisfies Scenario;
