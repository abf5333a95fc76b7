import { reinstallOperator, setImage } from '../deployment.ts';
import { failImagePulls } from '../kubelet.ts';
import { imagePullEvents } from '../kubelet-events.ts';
import { waitForWaiting } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

const REPOSITORY = 'registry.example.com/mirror/virt-operator';
const IMAGE = `${REPOSITORY}:v1.7.0`;
/** As containerd 2.1 says it (core/remotes/docker/authorizer.go, internal/cri/server/images/image_pull.go). */
const REFUSED =
  `failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": failed to authorize: failed to fetch anonymous token: ` +
  'unexpected status from GET request to https://registry.example.com/token?scope=repository%3Amirror%2Fvirt-operator%3Apull: 401 Unauthorized';

/** Installed from a private mirror, without the secret that it asks for. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-unauthorized' },
  async break(cluster) {
    await failImagePulls(cluster, IMAGE, REFUSED);
    await reinstallOperator(cluster, (deployment) => setImage(deployment, IMAGE));
    await waitForWaiting(cluster, 'ImagePullBackOff', 2);
    await imagePullEvents(cluster, IMAGE, REFUSED);
  },
} satisfies Scenario;
