import type { Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { list } from '../meta/list.ts';

export type ContainerStatus = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number];

/** Failed and Succeeded pods stay listed but no controller counts them (Kubernetes 1.36 pkg/controller/controller_utils.go IsPodActive). */
export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';
}

export function isDeleting(pod: Pod): boolean {
  return !!pod.metadata?.deletionTimestamp;
}

/** Neither finished nor being deleted: the pods a ReplicaSet counts. */
export function isActive(pod: Pod): boolean {
  return !isFinished(pod) && !isDeleting(pod);
}

export function isReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && condition(pod.status.conditions, 'Ready')?.status === 'True';
}

/** No scheduler has given the pod a node yet. */
export function isUnbound(pod: Pod): boolean {
  return !pod.spec?.nodeName;
}

/** Container statuses, init containers first: the order in which the kubelet starts them. */
export function containerStatuses(pod: Pod): ContainerStatus[] {
  return [...list(pod.status?.initContainerStatuses), ...list(pod.status?.containerStatuses)];
}

/** An init container in the old sense: one that must end before the others start. With restartPolicy Always it is a sidecar. */
export function isInitContainer(pod: Pod, name: string | null | undefined): boolean {
  const named = [...list(pod.spec?.initContainers), ...list(pod.status?.initContainerStatuses)];
  return named.some((one) => one.name === name) && !isSidecar(pod, name);
}

/** An init container that goes on running: those after it start only once it has started (Kubernetes 1.36 kuberuntime_container.go computeInitContainerActions). */
export function isSidecar(pod: Pod, name: string | null | undefined): boolean {
  return list(pod.spec?.initContainers).some((one) => one.name === name && one.restartPolicy === 'Always');
}

/** The container of the operator itself, by the name KubeVirt gives it; others were added by something else. */
export const OPERATOR_CONTAINER = 'virt-operator';

export function isOperatorContainer(name: string | null | undefined): boolean {
  return name === OPERATOR_CONTAINER;
}

/** Whether a pod has no node yet, and it is the default scheduler that has to find one. */
export function isLeftToScheduler(pod: Pod): boolean {
  return (
    isUnbound(pod) &&
    (pod.spec?.schedulerName ?? 'default-scheduler') === 'default-scheduler' &&
    list(pod.spec?.schedulingGates).length === 0
  );
}
