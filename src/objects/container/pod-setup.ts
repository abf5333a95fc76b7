import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { eventMessage, eventsAbout, eventTime } from '../meta/event.ts';
import { nameOf } from '../meta/reference.ts';
import { containerStatuses, isUnbound } from '../pod/pod.ts';
import type { PodFailure } from './pod-failure.ts';

/** Why a pod on a node does not even get to its images, named as the rules are. */
export type SetupClass =
  | 'volume-mount-failed'
  | 'volume-attach-failed'
  | 'network-not-ready'
  | 'sandbox-cni-failed'
  | 'sandbox-pause-image'
  | 'sandbox-runtime';

export interface SetupFailure extends PodFailure {
  kind: SetupClass;
  /** When it was said last. */
  time: string | null;
}

/** Event reasons of the kubelet and the attach-detach controller (Kubernetes 1.36 pkg/kubelet/events/event.go, pkg/controller/volume/events). */
const REASONS: Readonly<Record<string, (text: string) => SetupClass | null>> = {
  FailedAttachVolume: () => 'volume-attach-failed',
  FailedMount: () => 'volume-mount-failed',
  NetworkNotReady: () => 'network-not-ready',
  FailedCreatePodSandBox: sandboxClass,
  FailedCreatePodContainer: () => 'sandbox-runtime',
  Failed: (text) => (text.startsWith('error making pod data directories') ? 'sandbox-runtime' : null),
};

/** What the kubelet says once that is behind the pod; before Kubernetes 1.29 nothing else does while an image is being pulled. */
const PROGRESS = ['SuccessfulAttachVolume', 'Pulling', 'Pulled', 'Created', 'Started'];

/** Texts of containerd (internal/cri/server/sandbox_run.go), CRI-O (server/sandbox_network.go), dockershim and Multus. */
function sandboxClass(text: string): SetupClass {
  if (/failed to get sandbox image|pull(?:ing)? image .*pause|pod infra container image/i.test(text)) {
    return 'sandbox-pause-image';
  }
  const isNetwork =
    /network for (?:sandbox|pod)|pod network sandbox|plugin type=|networkPlugin|\bcni\b|Multus|Cilium|calico|OVS port/i;
  return isNetwork.test(text) ? 'sandbox-cni-failed' : 'sandbox-runtime';
}

/** Operator pods on a node whose containers were never begun, for the reason that was told last. One pod has one reason. */
export function setupFailures(
  pods: readonly Pod[],
  events: readonly KubernetesEvent[] | null | undefined,
  kind: SetupClass,
): SetupFailure[] {
  return pods.flatMap((pod) => setupFailure(pod, events) ?? []).filter((one) => one.kind === kind);
}

function setupFailure(pod: Pod, events: readonly KubernetesEvent[] | null | undefined): SetupFailure | null {
  if (!isBeingSetUp(pod)) return null;
  for (const event of eventsAbout(events, pod)) {
    if (PROGRESS.includes(event.reason ?? '')) return null;
    const message = eventMessage(event);
    const kind = Object.hasOwn(REASONS, event.reason ?? '') ? REASONS[event.reason ?? '']?.(message) : null;
    const source = `pod/${nameOf(pod)} event ${event.reason}`;
    if (kind) return { pod, container: '', kind, message, source, time: eventTime(event) };
  }
  return null;
}

/** On a node, no container begun, and no sandbox: from Kubernetes 1.29 on a condition says that there is one, and then older words are history. */
function isBeingSetUp(pod: Pod): boolean {
  const begun = containerStatuses(pod).some(
    ({ state, lastState }) =>
      state?.running ||
      state?.terminated ||
      lastState?.terminated ||
      !['ContainerCreating', 'PodInitializing'].includes(state?.waiting?.reason ?? 'ContainerCreating'),
  );
  const sandbox = condition(pod.status?.conditions, 'PodReadyToStartContainers')?.status;
  return !isUnbound(pod) && !begun && sandbox !== 'True';
}
