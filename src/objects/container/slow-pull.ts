import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { eventMessage, eventsAbout, eventTime } from '../meta/event.ts';
import { nameOf } from '../meta/reference.ts';
import { ageSeconds, millis } from '../meta/time.ts';
import { containerStatuses } from '../pod/pod.ts';
import type { PodFailure } from './pod-failure.ts';

/** An image of virt-operator is pulled in less, where nothing is wrong. */
const PATIENCE_SECONDS = 120;
const SETUP = ['ContainerCreating', 'PodInitializing'];

/** A pod that waits for an image; `told`: its kubelet said so, else nothing but a pull is left between its sandbox and its containers. */
export interface SlowPull extends PodFailure {
  since: string | null;
  told: boolean;
}

/** Pods that have a sandbox and no container begun, for minutes: their kubelets pull an image meanwhile (Kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_manager.go SyncPod). */
export function slowPulls(pods: readonly Pod[], events: readonly KubernetesEvent[] | null | undefined, readAt: string) {
  return pods.flatMap((pod) => slowPull(pod, events) ?? []).filter(({ since }) => isSlow(readAt, since));
}

function slowPull(pod: Pod, events: readonly KubernetesEvent[] | null | undefined): SlowPull | null {
  const statuses = containerStatuses(pod);
  const [first] = statuses;
  if (!first || !statuses.every(isNotBegun)) return null;
  const pulling = lastPull(eventsAbout(events, pod));
  const name = nameOf(pod);
  const container = first.name ?? '';
  if (pulling) {
    const said = { message: eventMessage(pulling), source: `pod/${name} event Pulling` };
    return { pod, container, ...said, since: eventTime(pulling), told: true };
  }
  const sandbox = condition(pod.status?.conditions, 'PodReadyToStartContainers');
  if (events || sandbox?.status !== 'True') return null;
  const message = 'has a sandbox, and no container begun';
  const source = `pod/${name} status.conditions[PodReadyToStartContainers]`;
  return { pod, container, message, source, since: sandbox.lastTransitionTime ?? null, told: false };
}

/** A pull that nothing followed. Times are of seconds: the scheduler's event is often of the same one. */
function lastPull(events: readonly KubernetesEvent[]): KubernetesEvent | undefined {
  const time = (event: KubernetesEvent) => millis(eventTime(event)) ?? 0;
  const newest = Math.max(...events.map(time));
  const last = events.filter((event) => newest - time(event) < 1000);
  const isOnlyPull = last.every(({ reason }) => reason === 'Pulling' || reason === 'Scheduled');
  return isOnlyPull ? last.find(({ reason }) => reason === 'Pulling') : undefined;
}

function isNotBegun({ state, lastState }: ReturnType<typeof containerStatuses>[number]): boolean {
  return SETUP.includes(state?.waiting?.reason ?? '') && !lastState?.terminated;
}

function isSlow(readAt: string, since: string | null): boolean {
  return (ageSeconds(readAt, since) ?? 0) >= PATIENCE_SECONDS;
}
