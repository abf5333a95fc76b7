import { reinstallOperator, setImage } from '../deployment.ts';
import { failImagePulls } from '../kubelet.ts';
import { imagePullEvents, kubeletEvents } from '../kubelet-events.ts';
import { waitForWaiting } from '../observe.ts';
import { unresolved } from '../pulls.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'registry.example.com/mirror/virt-operator:v1.7.0';
const REFUSED = unresolved(
  IMAGE,
  'unexpected status from HEAD request to https://registry.example.com/v2/mirror/virt-operator/manifests/v1.7.0: 401 Unauthorized',
);
/** Kubernetes 1.36 pkg/kubelet/kubelet_pods.go getPullSecretsForPod. */
const MISSING =
  'Unable to retrieve some image pull secrets (mirror-login); attempting to pull the image may not succeed.';

/** Installed from a private mirror with the name of a pull secret that nobody made. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'pull-secret-missing' },
  async break(cluster) {
    await failImagePulls(cluster, IMAGE, REFUSED);
    await reinstallOperator(cluster, (deployment) => {
      setImage(deployment, IMAGE);
      deployment.spec.template.spec.imagePullSecrets = [{ name: 'mirror-login' }];
    });
    await waitForWaiting(cluster, 'ImagePullBackOff', 2);
    await kubeletEvents(cluster, [['FailedToRetrieveImagePullSecret', MISSING]]);
    await imagePullEvents(cluster, IMAGE, REFUSED);
  },
} satisfies Scenario;
