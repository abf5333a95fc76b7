import type { Pod } from '../model/kubernetes.ts';
import { type ContainerStatus, containerStatuses } from './pod.ts';
import { nameOf } from './reference.ts';

/** How a container of an operator pod ended last. */
export interface Crash {
  pod: Pod;
  container: string;
  exitCode: number | null;
  reason: string | null;
  /** The tail of its log where the pod asks for that (KubeVirt ≥ 1.6: terminationMessagePolicy FallbackToLogsOnError), else empty. */
  message: string;
  finishedAt: string | null;
  restarts: number;
  source: string;
}

/**
 * Containers that are not ready and have ended before. The word CrashLoopBackOff shows only between restarts,
 * so the last ended state counts, whether the container waits, runs again or has just ended.
 */
export function crashes(pods: readonly Pod[]): Crash[] {
  return pods.flatMap((pod) => containerStatuses(pod).flatMap((status) => crashOf(pod, status) ?? []));
}

function crashOf(pod: Pod, status: ContainerStatus): Crash | null {
  const now = status.state?.terminated;
  const ended = now ?? status.lastState?.terminated;
  const finished = now?.exitCode === 0;
  if (!ended || finished || status.ready === true) return null;
  const container = status.name ?? '<unnamed>';
  return {
    pod,
    container,
    exitCode: ended.exitCode ?? null,
    reason: ended.reason ?? null,
    message: ended.message ?? '',
    finishedAt: ended.finishedAt ?? null,
    restarts: status.restartCount ?? 0,
    source: `pod/${nameOf(pod)} ${now ? 'state' : 'lastState'}.terminated of container ${container}`,
  };
}

/** One line for an ended container: `exit code 1 (Error), 14 restarts`. */
export function crashText(crash: Crash): string {
  const code = crash.exitCode === null ? 'ended' : `exit code ${crash.exitCode}`;
  return `${code}${crash.reason ? ` (${crash.reason})` : ''}, ${crash.restarts} restarts`;
}

/** The log line in a termination message that matches, trimmed; the operator logs JSON lines, klog lines and plain Go text side by side. */
export function logLine(message: string, pattern: RegExp): string | null {
  const line = message.split('\n').find((one) => pattern.test(one));
  return line === undefined ? null : (/"msg":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1]?.replace(/\\"/g, '"') ?? line).trim();
}
