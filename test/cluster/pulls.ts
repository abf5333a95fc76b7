import type { Cluster } from './cluster.ts';
import { reinstallOperator, setImage } from './deployment.ts';
import { failImagePulls } from './kubelet.ts';
import { imagePullEvents } from './kubelet-events.ts';
import { waitForWaiting } from './observe.ts';

/** Installs the operator from an image that the kubelets cannot pull; `why` is the container runtime's text. */
export async function installUnpullable(cluster: Cluster, image: string, why: string): Promise<void> {
  await failImagePulls(cluster, image, why);
  await reinstallOperator(cluster, (deployment) => setImage(deployment, image));
  await waitForWaiting(cluster, 'ImagePullBackOff', 2);
  await imagePullEvents(cluster, image, why);
}

/** How containerd 2.1 begins when it cannot ask the registry for an image (core/remotes/docker/resolver.go, client/pull.go). */
export function unresolved(image: string, why: string): string {
  return `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${why}`;
}

/** The same, when no answer came to the first request. */
export function unanswered(image: string, why: string): string {
  const [host = '', ...path] = image.replace(/:[^:/]+$/, '').split('/');
  const tag = image.slice(image.lastIndexOf(':') + 1);
  return unresolved(
    image,
    `failed to do request: Head "https://${host}/v2/${path.join('/')}/manifests/${tag}": ${why}`,
  );
}
