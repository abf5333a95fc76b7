import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { millis } from '../meta/time.ts';
import type { Operator } from '../operator/operator.ts';
import { isInitContainer, isOperatorContainer } from '../pod/pod.ts';
import type { Logs } from './container-log.ts';
import { type Crash, crashes } from './crash.ts';
import { type LogClass, lastWords } from './crash-log.ts';
import { lacksWords, withLog } from './crash-words.ts';
import { probeEnd } from './probe.ts';
import { startClass } from './start-failure.ts';

/** Why a container ended, named as the rules are; `start`: it never ran, and the rules for that look at it. */
export type CrashClass =
  | 'start'
  | 'oom-killed-limit'
  | 'oom-node'
  | 'init-container-blocked'
  | 'sidecar-not-ready'
  | 'liveness-failing'
  | 'startup-probe-failing'
  | LogClass
  | 'exit0-restart'
  | 'exit-137-kill'
  | 'exit-143-term'
  | 'crash-unexplained';

export interface ClassifiedCrash extends Crash {
  kind: CrashClass;
  /** The line of its log that says so; empty where no log was needed. */
  line: string;
}

type Events = readonly KubernetesEvent[] | null | undefined;
type Seen = { readonly readAt: string; readonly events?: Events; readonly operatorLogs?: Logs };

/**
 * Containers of unready operator pods that ended, of these kinds. One container is of one kind, so that two rules never claim it:
 * each of them therefore wants the events and the logs.
 */
export function crashesOf(operator: Operator, seen: Seen, ...kinds: readonly CrashClass[]): ClassifiedCrash[] {
  return crashes(operator.unready, seen.readAt)
    .map((crash) => classified(withLog(crash, seen.operatorLogs), seen.events))
    .filter(({ kind }) => kinds.includes(kind));
}

/** Containers of the operator that ended, of which neither objects nor the pod's own record of their last words say why; the newest first. */
export function unexplainedCrashes(operator: Operator, seen: Pick<Seen, 'readAt' | 'events'>): Crash[] {
  const open = crashes(operator.unready, seen.readAt).filter((crash) => {
    const told = probeEnd(crash, seen.events) !== null && wasTold(crash);
    return byObject(crash) === null && !told && lacksWords(crash);
  });
  return open.toSorted((a, b) => (millis(b.finishedAt) ?? 0) - (millis(a.finishedAt) ?? 0));
}

/** Objects decide first: the reason, whose container it is, the kubelet's own kill; then the log; the exit code last. */
function classified(crash: Crash, events: Events): ClassifiedCrash {
  const sure = byObject(crash);
  if (sure) return { ...crash, kind: sure, line: '' };
  const kill = probeEnd(crash, events);
  if (kill && wasTold(crash)) return { ...crash, kind: kill, line: '' };
  const words = crash.exitCode === 0 ? null : lastWords(crash.message);
  return words ? { ...crash, ...words } : { ...crash, kind: byCode(crash), line: '' };
}

function byObject(crash: Crash): CrashClass | null {
  if (crash.reason === 'OOMKilled') return memoryLimit(crash) === null ? 'oom-node' : 'oom-killed-limit';
  if (startClass(crash) !== null) return 'start';
  if (isInitContainer(crash.pod, crash.container)) return 'init-container-blocked';
  return isOperatorContainer(crash.container) ? null : 'sidecar-not-ready';
}

/** Whether it ended because it was told to: by a signal, or with a code that Go programs give themselves then. */
function wasTold({ exitCode, message }: Crash): boolean {
  const panicked = exitCode === 2 && lastWords(message) !== null;
  return exitCode !== 1 && !panicked;
}

/** 128 + n is signal n: 6 ABRT, 9 KILL, 11 SEGV, 15 TERM; a Go program that is a container's first process ends with 2 on TERM, and says nothing. */
function byCode({ exitCode, reason, message }: Crash): CrashClass {
  if (exitCode === 0) return 'exit0-restart';
  if (exitCode === 134 || exitCode === 139) return 'crash-panic';
  if (exitCode === 137 && reason !== 'ContainerStatusUnknown') return 'exit-137-kill';
  const isSilent = exitCode === 2 && message.trim() !== '';
  return exitCode === 143 || isSilent ? 'exit-143-term' : 'crash-unexplained';
}

/** A container's memory limit, as its pod or pod template says it; null without one. */
export function memoryLimit({ pod, container }: { pod: Pick<Pod, 'spec'>; container: string }): string | null {
  const all = [...list(pod.spec?.initContainers), ...list(pod.spec?.containers)];
  return all.find((one) => one.name === container)?.resources?.limits?.memory ?? null;
}
