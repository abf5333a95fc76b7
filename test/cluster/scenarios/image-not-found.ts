import { reinstallOperator, setImage } from '../deployment.ts';
import { failImagePulls } from '../kubelet.ts';
import { imageNotFound, imagePullEvents } from '../kubelet-events.ts';
import { waitForWaiting } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'quay.io/kubevirt/virt-operator:v1.70';

/** Installed from a manifest with a mistyped tag. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'image-not-found' },
  async break(cluster) {
    await failImagePulls(cluster, IMAGE, imageNotFound(IMAGE));
    await reinstallOperator(cluster, (deployment) => setImage(deployment, IMAGE));
    await waitForWaiting(cluster, 'ImagePullBackOff', 2);
    await imagePullEvents(cluster, IMAGE, imageNotFound(IMAGE));
  },
} satisfies Scenario;
