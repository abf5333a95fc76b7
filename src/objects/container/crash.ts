import type { Pod } from '../../model/kubernetes.ts';
import { nameOf } from '../meta/reference.ts';
import { ageSeconds } from '../meta/time.ts';
import { type ContainerStatus, containerStatuses, isInitContainer } from '../pod/pod.ts';

/** A container that has run for so long starts its back-off anew (Kubernetes 1.36 pkg/kubelet/kubelet.go MaxContainerBackOff, doubled). */
const OVERCOME_SECONDS = 600;

/** How a container of an operator pod ended last. */
export interface Crash {
  pod: Pod;
  container: string;
  exitCode: number | null;
  reason: string | null;
  /** The tail of its log where the pod asks for that (KubeVirt ≥ 1.6: terminationMessagePolicy FallbackToLogsOnError), else empty. */
  message: string;
  /** Where that text is from. */
  saidIn: string;
  /** Whether the container was to be started again since: then `kubectl logs --previous` has its log. */
  previous: boolean;
  finishedAt: string | null;
  restarts: number;
  source: string;
}

/**
 * Containers that are not ready and have ended before. The word CrashLoopBackOff shows only between restarts,
 * so the last ended state counts, whether the container waits, has just ended or runs again, for ten minutes at most.
 */
export function crashes(pods: readonly Pod[], readAt: string): Crash[] {
  return pods.flatMap((pod) =>
    containerStatuses(pod)
      .filter((status) => (ageSeconds(readAt, status.state?.running?.startedAt) ?? 0) < OVERCOME_SECONDS)
      .flatMap((status) => crashOf(pod, status) ?? []),
  );
}

/** An init container that ended with 0 is done; any other container is wanted to run for ever. */
function isDone(pod: Pod, status: ContainerStatus): boolean {
  return status.state?.terminated?.exitCode === 0 && isInitContainer(pod, status.name);
}

/** A container that waits before it is started again, or was, has ended before, also where nobody has kept how. */
function hasEnded(pod: Pod, { name, state, restartCount }: ContainerStatus): boolean {
  const restarted = !!state?.running && (restartCount ?? 0) > 0 && !isInitContainer(pod, name);
  return restarted || state?.waiting?.reason === 'CrashLoopBackOff';
}

/** Where a status says that its container ended. */
function placeOf({ state, lastState }: ContainerStatus): string {
  if (state?.terminated) return 'state.terminated';
  return lastState?.terminated ? 'lastState.terminated' : 'restartCount';
}

/** How it ended last; nothing where it has only lost how. */
function endOf(pod: Pod, status: ContainerStatus) {
  return status.state?.terminated ?? status.lastState?.terminated ?? (hasEnded(pod, status) ? {} : null);
}

function crashOf(pod: Pod, status: ContainerStatus): Crash | null {
  const now = status.state?.terminated;
  const ended = endOf(pod, status);
  if (!ended || isDone(pod, status) || status.ready === true) return null;
  const container = status.name ?? '<unnamed>';
  const source = `pod/${nameOf(pod)} ${placeOf(status)} of container ${container}`;
  return {
    pod,
    container,
    exitCode: ended.exitCode ?? null,
    reason: ended.reason ?? null,
    message: ended.message ?? '',
    saidIn: `${source}, message`,
    previous: !now,
    finishedAt: ended.finishedAt ?? null,
    restarts: status.restartCount ?? 0,
    source,
  };
}

/** One line for an ended container: `exit code 1 (Error), 14 restarts`. */
export function crashText(crash: Crash): string {
  const code = crash.exitCode === null ? 'ended' : `exit code ${crash.exitCode}`;
  return `${code}${crash.reason ? ` (${crash.reason})` : ''}, ${crash.restarts} restarts`;
}
