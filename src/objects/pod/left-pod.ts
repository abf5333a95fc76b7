import type { Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { containerStatuses } from './pod.ts';

/**
 * Whether a pod is not Ready although its kubelet last said that all its containers are: kube-controller-manager writes so for the pods of a
 * node whose kubelet is silent (Kubernetes 1.36 pkg/controller/util/node/controller_utils.go MarkPodsNotReady), and a kubelet that
 * lives takes it back at once. A kubelet gives a reason whenever a pod is not Ready.
 */
export function isLeftByKubelet(pod: Pod): boolean {
  const ready = condition(pod.status?.conditions, 'Ready');
  const statuses = containerStatuses(pod);
  return (
    pod.status?.phase === 'Running' &&
    ready?.status === 'False' &&
    !ready.reason &&
    condition(pod.status?.conditions, 'ContainersReady')?.status === 'True' &&
    statuses.length > 0 &&
    statuses.every((one) => one.ready === true)
  );
}
