import type { Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { ageSeconds } from '../meta/time.ts';
import type { Operator } from '../operator/operator.ts';
import { containerStatuses } from '../pod/pod.ts';

/** An image is pulled and the operator Ready in less, where nothing is wrong. */
const PATIENCE_SECONDS = 60;
/** Every container waits with these reasons while it is set up (Kubernetes 1.36 pkg/kubelet/kubelet_pods.go). */
const SETUP = ['ContainerCreating', 'PodInitializing'];

/** Whether all that the operator lacks are pods that were made just now and to which nothing has happened yet. */
export function isJustStarting({ unready, uncreated }: Operator, readAt: string): boolean {
  return unready.length > 0 && uncreated === 0 && unready.every((pod) => isStarting(pod, readAt));
}

/** Whether the pod was made just now and nothing has happened to it yet. */
export function isStarting(pod: Pod, readAt: string): boolean {
  return isNew(pod, readAt) && isUntroubled(pod);
}

function isNew({ metadata }: Pod, readAt: string): boolean {
  const seconds = ageSeconds(readAt, metadata?.creationTimestamp);
  return seconds !== null && Math.abs(seconds) < PATIENCE_SECONDS;
}

/** Whether nothing has kept the pod from a node, and none of its containers from starting. */
export function isUntroubled(pod: Pod): boolean {
  const refused = condition(pod.status?.conditions, 'PodScheduled')?.status === 'False';
  const troubled = containerStatuses(pod).some(
    ({ state, restartCount }) =>
      (restartCount ?? 0) > 0 || (!!state?.waiting?.reason && !SETUP.includes(state.waiting.reason)),
  );
  return !refused && !troubled;
}
