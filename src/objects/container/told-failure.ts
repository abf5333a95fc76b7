import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { eventMessage, eventsAbout } from '../meta/event.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { type ContainerStatus, containerStatuses, isOperatorContainer, isUnbound } from '../pod/pod.ts';

/** What the kubelet told of a container of which the pod's status says nothing yet. */
export interface ToldFailure {
  container: string;
  image: string;
  /** The waiting reason that goes with it. */
  reason: string;
  message: string;
  source: string;
}

/** What the kubelet says once it is past that which failed before (Kubernetes 1.36 pkg/kubelet/events/event.go). */
export const PROGRESS = ['SuccessfulAttachVolume', 'Pulling', 'Pulled', 'Created', 'Started'];
/** Every container waits with these reasons while it is set up (Kubernetes 1.36 pkg/kubelet/kubelet_pods.go). */
const SETUP = ['ContainerCreating', 'PodInitializing'];
/** A waiting reason alone, without why. */
const BARE = /^Error: \w+$/;

/** Whether no container of a pod on a node was begun, and none says why. */
export function isSilent(pod: Pod): boolean {
  return !isUnbound(pod) && containerStatuses(pod).every(isUnbegun);
}

function isUnbegun({ state, lastState }: ContainerStatus): boolean {
  const begun = state?.running || state?.terminated || lastState?.terminated;
  return !begun && SETUP.includes(state?.waiting?.reason || 'ContainerCreating');
}

/** The last thing told of a pod whose status is silent, where that is why a container lacks its image or does not start. */
export function toldFailure(pod: Pod, events: readonly KubernetesEvent[] | null | undefined): ToldFailure | null {
  if (!isSilent(pod)) return null;
  for (const event of eventsAbout(events, pod)) {
    if (PROGRESS.includes(event.reason ?? '')) return null;
    const reason = toldReason(event);
    if (reason === null) continue;
    const { container, image } = containerOf(pod, event);
    const message = eventMessage(event).replace(/^Error: /, '');
    return { container, image, reason, message, source: `pod/${nameOf(pod)} event ${event.reason}` };
  }
  return null;
}

/** The waiting reason that an event about a container stands for; null where it says nothing of why. */
export function toldReason(event: KubernetesEvent): string | null {
  const text = eventMessage(event);
  if (event.reason === 'ErrImageNeverPull') return 'ErrImageNeverPull';
  if (event.reason === 'InspectFailed')
    return /invalid reference format/.test(text) ? 'InvalidImageName' : 'ImageInspectError';
  if (/^Failed to pull image "/.test(text)) return 'ErrImagePull';
  return event.reason === 'Failed' && text.startsWith('Error: ') && !BARE.test(text) ? 'CreateContainerError' : null;
}

/** The container that the event names, else the operator's. */
function containerOf({ spec }: Pod, event: KubernetesEvent) {
  const named = /\{(.+)\}$/.exec(event.involvedObject?.fieldPath ?? '')?.[1];
  const containers = [...list(spec?.initContainers), ...list(spec?.containers)];
  const found =
    containers.find(({ name }) => name === named) ?? containers.find(({ name }) => isOperatorContainer(name));
  return { container: found?.name ?? '<unnamed>', image: found?.image ?? '<unknown image>' };
}
