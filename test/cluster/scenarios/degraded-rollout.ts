import { kubectl } from '../kubectl.ts';
import { failImagePulls } from '../kubelet.ts';
import { imageNotFound, imagePullEvents } from '../kubelet-events.ts';
import { waitForWaiting } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const IMAGE = 'quay.io/kubevirt/virt-operator:v1.70';

/** A roll-out that cannot finish, while the old pods go on leading. */
export default {
  written: true,
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'image-not-found' },
  repair: { action: 'roll-back', undo: true },
  async break(cluster) {
    await failImagePulls(cluster, IMAGE, imageNotFound(IMAGE));
    await kubectl(cluster, ['set', 'image', 'deployment/virt-operator', `virt-operator=${IMAGE}`, IN_KUBEVIRT]);
    await waitForWaiting(cluster, 'ImagePullBackOff', 1, 2);
    await imagePullEvents(cluster, IMAGE, imageNotFound(IMAGE));
  },
} satisfies Scenario;
