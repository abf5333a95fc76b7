import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { eventMessage, eventsAbout } from '../meta/event.ts';
import { nameOf } from '../meta/reference.ts';
import { containerStatuses } from '../pod/pod.ts';
import type { Logs } from './container-log.ts';
import { type Crash, crashes, crashText } from './crash.ts';
import { lastWords } from './crash-log.ts';
import { withLog } from './crash-words.ts';
import type { PodFailure } from './pod-failure.ts';
import { toldFailure, toldReason } from './told-failure.ts';

/** Why a container whose image is there does not start, named as the rules are. */
export type StartClass =
  | 'config-missing-ref'
  | 'config-run-as-nonroot'
  | 'exec-not-found'
  | 'exec-permission-denied'
  | 'exec-format-error'
  | 'hook-failed'
  | 'create-container-error';

export interface StartFailure extends PodFailure {
  kind: StartClass;
  image: string;
}

/** Waiting reasons between the image and the running process (Kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_container.go). */
const REASONS = [
  'CreateContainerConfigError',
  'CreateContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
  'RunContainerError',
];

/** Texts of the kubelet (pkg/kubelet/kubelet_pods.go, kuberuntime/security_context_others.go) and of runc, crun and Docker. */
const TEXTS: readonly [StartClass, RegExp][] = [
  ['config-missing-ref', /(?:secret|configmap) "[^"]*" not found|couldn't find key \S+ in (?:Secret|ConfigMap)/],
  ['config-run-as-nonroot', /runAsNonRoot|breaks non-root policy/],
  // A profile that the node lacks, or may not apply: no matter of the image.
  ['create-container-error', /apparmor|seccomp/i],
  ['exec-format-error', /exec format error/i],
  ['exec-permission-denied', /(?:exec:? |executable).*permission denied/is],
  ['exec-not-found', /executable file (?:`[^`]*` )?not found|exec:? .*no such file or directory/is],
];

type Events = readonly KubernetesEvent[] | null | undefined;

/** Containers of these pods that do not start, of this kind; one container is of one kind. */
export function startFailures(
  pods: readonly Pod[],
  readAt: string,
  events: Events,
  kind: StartClass,
  logs?: Logs,
): StartFailure[] {
  const found = pods.flatMap((pod) => [
    ...waiting(pod, events),
    ...told(pod, events),
    ...ended(pod, readAt, events, logs),
  ]);
  return found.filter((one) => one.kind === kind);
}

function told(pod: Pod, events: Events): StartFailure[] {
  const failure = toldFailure(pod, events);
  return failure && REASONS.includes(failure.reason) ? [{ pod, ...failure, kind: classOf(failure.message) }] : [];
}

/** Where the status says nothing of why, what the kubelet told last that does: the word for a state alone is no reason. */
function wordsFor(pod: Pod, message: string, events: Events): string {
  if (message !== '') return message;
  const event = eventsAbout(events, pod).find((one) => toldReason(one) === 'CreateContainerError');
  return event ? eventMessage(event).replace(/^Error: /, '') : '';
}

function waiting(pod: Pod, events: Events): StartFailure[] {
  return containerStatuses(pod).flatMap((status) => {
    const { reason, message } = status.state?.waiting ?? {};
    if (!REASONS.includes(reason ?? '')) return [];
    const told = wordsFor(pod, message ?? '', events);
    const container = status.name ?? '<unnamed>';
    const source = `pod/${nameOf(pod)} state.waiting of container ${container}`;
    const kind = reason === 'PostStartHookError' ? 'hook-failed' : classOf(told);
    return [{ pod, container, kind, image: status.image ?? '', message: `${reason}: ${told}`, source }];
  });
}

function ended(pod: Pod, readAt: string, events: Events, logs: Logs): StartFailure[] {
  return crashes([pod], readAt).flatMap((one) => {
    const crash = [126, 127].includes(one.exitCode ?? 0) ? one : withLog(one, logs);
    const said = startClass(crash);
    if (said === null) return [];
    const kind = crash.message === '' && said === 'create-container-error' ? classOf(wordsFor(pod, '', events)) : said;
    const { container } = crash;
    const image = containerStatuses(pod).find((status) => status.name === container)?.image ?? '';
    const words = crash.message.trim();
    const source = crash.saidIn === one.saidIn ? crash.source : crash.saidIn;
    return [{ pod, container, kind, image, message: words || crashText(crash), source }];
  });
}

/** What the C library's loader says before a program's first line (glibc 2.33 elf/rtld.c, sysdeps/x86/cpu-features), with exit code 127. */
const LOADER: readonly [StartClass, RegExp][] = [
  ['exec-format-error', /CPU does not support x86-64-v\d/i],
  [
    'exec-permission-denied',
    /cannot (?:change|apply additional) memory protection|shared libraries: .*Permission denied/,
  ],
];

/**
 * Why a container that ended never ran its program; null when it did run. Reasons of containerd and Docker come first, then what a
 * shell (126, 127) and runc (128) end with, then the one line that the kernel's refusal leaves in the log.
 */
export function startClass({ reason, exitCode, message }: Crash): StartClass | null {
  if (reason === 'StartError' || reason === 'ContainerCannotRun' || exitCode === 128) return classOf(message);
  if (exitCode === 126) return 'exec-permission-denied';
  if (exitCode === 127) return LOADER.find(([, pattern]) => pattern.test(message))?.[0] ?? 'exec-not-found';
  return lastWords(message)?.kind === 'exec-format-error' ? 'exec-format-error' : null;
}

function classOf(message: string): StartClass {
  return TEXTS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'create-container-error';
}
