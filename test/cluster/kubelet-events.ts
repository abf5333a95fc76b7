import type { Cluster } from './cluster.ts';
import { create } from './kubectl.ts';
import { type OperatorPod, operatorPods } from './operator.ts';

/** What containerd 2.1 says of a tag that the registry does not have (core/remotes/docker/resolver.go, client/pull.go). */
export function imageNotFound(image: string): string {
  return (
    `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": ` +
    `failed to resolve reference "${image}": ${image}: not found`
  );
}

/** Records what the kubelets say of the operator's pods that run that image and cannot pull it. */
export async function imagePullEvents(cluster: Cluster, image: string, why: string): Promise<void> {
  const pods = (await operatorPods(cluster)).filter((pod) => pod.spec.containers[0]?.image === image);
  for (const pod of pods) {
    await create(
      cluster,
      kubeletEvent(pod, 'Failed', `Failed to pull image "${image}": ${why}`),
      kubeletEvent(pod, 'Failed', 'Error: ErrImagePull'),
      kubeletEvent(pod, 'BackOff', `Back-off pulling image "${image}"`),
      kubeletEvent(pod, 'Failed', 'Error: ImagePullBackOff'),
    );
  }
}

/** Records what the kubelets say of containers that crash again and again. */
export async function crashEvents(cluster: Cluster): Promise<void> {
  for (const pod of await operatorPods(cluster)) {
    const { name, namespace, uid } = pod.metadata;
    const where = `virt-operator in pod ${name}_${namespace}(${uid})`;
    await create(cluster, kubeletEvent(pod, 'BackOff', `Back-off restarting failed container ${where}`));
  }
}

/** Records what the kubelets say of each of the operator's pods. */
export async function kubeletEvents(
  cluster: Cluster,
  events: readonly [reason: string, message: string][],
): Promise<void> {
  if (events.length === 0) return;
  for (const pod of await operatorPods(cluster)) {
    await create(cluster, ...events.map(([reason, message]) => kubeletEvent(pod, reason, message)));
  }
}

function kubeletEvent(pod: OperatorPod, reason: string, message: string): object {
  const now = new Date().toISOString();
  const { name, namespace, uid } = pod.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { generateName: `${name}.`, namespace },
    involvedObject: {
      apiVersion: 'v1',
      kind: 'Pod',
      name,
      namespace,
      uid,
      fieldPath: 'spec.containers{virt-operator}',
    },
    type: 'Warning',
    reason,
    message,
    source: { component: 'kubelet', host: pod.spec.nodeName },
    reportingComponent: 'kubelet',
    reportingInstance: pod.spec.nodeName,
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
  };
}
