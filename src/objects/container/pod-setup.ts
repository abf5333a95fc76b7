import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { eventMessage, eventsAbout, eventTime } from '../meta/event.ts';
import { nameOf } from '../meta/reference.ts';
import { millis } from '../meta/time.ts';
import type { PodFailure } from './pod-failure.ts';
import { isSilent, PROGRESS, toldReason } from './told-failure.ts';

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

/** Texts of containerd (internal/cri/server/sandbox_run.go), CRI-O (server/sandbox_network.go), dockershim and Multus. */
function sandboxClass(text: string): SetupClass {
  if (
    /failed to get sandbox image|pull(?:ing)? image .*pause|docker:\/\/\S*\/pause[:@]|pod infra container image/i.test(
      text,
    )
  ) {
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
  if (!isSilent(pod)) return null;
  const sandbox = sandboxSince(pod);
  for (const event of eventsAbout(events, pod)) {
    if (isBehind(event, sandbox)) return null;
    const message = eventMessage(event);
    const kind = Object.hasOwn(REASONS, event.reason ?? '') ? REASONS[event.reason ?? '']?.(message) : null;
    const source = `pod/${nameOf(pod)} event ${event.reason}`;
    if (kind) return { pod, container: '', kind, message, source, time: eventTime(event) };
  }
  return null;
}

/** Whether the pod has got further since. From Kubernetes 1.29 on a condition says that there is a sandbox, and then older words are history. */
function isBehind(event: KubernetesEvent, sandbox: number | null): boolean {
  const isHistory = sandbox !== null && (millis(eventTime(event)) ?? 0) < sandbox;
  return isHistory || PROGRESS.includes(event.reason ?? '') || toldReason(event) !== null;
}

/** Since when the pod has a sandbox; null without one. */
function sandboxSince({ status }: Pod): number | null {
  const sandbox = condition(status?.conditions, 'PodReadyToStartContainers');
  return sandbox?.status === 'True' ? (millis(sandbox.lastTransitionTime) ?? 0) : null;
}
