import type { Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { age } from '../meta/human-duration.ts';
import { list } from '../meta/list.ts';
import { later } from '../meta/time.ts';
import { type ContainerStatus, isDeleting, isFinished } from './pod.ts';

/** One row of `kubectl get pods`: Kubernetes v1.36.3 pkg/printers/internalversion/printers.go printPod. For display only. */
export interface PodRow {
  ready: string;
  status: string;
  restarts: string;
  age: string;
}

interface Part {
  /** The status word, or null when this part has nothing to say. */
  word: string | null;
  ready: number;
  restarts: number;
  lastRestart: string | null;
}

/** The READY, STATUS, RESTARTS and AGE that kubectl shows for a pod. */
export function podRow(pod: Pod, readAt: string): PodRow {
  const sidecars = list(pod.spec?.initContainers).filter((one) => one.restartPolicy === 'Always');
  const names = sidecars.map((one) => one.name);
  const init = initPart(pod, names);
  const initialized = init.word === null || condition(pod.status?.conditions, 'Initialized')?.status === 'True';
  const main = initialized ? mainPart(pod) : null;
  const restarts = main ? sum(restartsOf(sidecarStatuses(pod, names)), main) : init;
  return {
    ready: `${init.ready + (main?.ready ?? 0)}/${list(pod.spec?.containers).length + sidecars.length}`,
    status: deletionWord(pod) ?? main?.word ?? init.word ?? podWord(pod),
    restarts: restartsText(restarts, readAt),
    age: age(readAt, pod.metadata?.creationTimestamp),
  };
}

function podWord(pod: Pod): string {
  const gated = list(pod.status?.conditions).some(
    (one) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated',
  );
  return gated ? 'SchedulingGated' : pod.status?.reason || pod.status?.phase || 'Unknown';
}

function deletionWord(pod: Pod): string | null {
  if (!isDeleting(pod)) return null;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  return isFinished(pod) ? null : 'Terminating';
}

function initPart(pod: Pod, sidecars: readonly (string | null | undefined)[]): Part {
  const statuses = list(pod.status?.initContainerStatuses);
  const stuck = statuses.findIndex((one) => !isInitDone(one, sidecars.includes(one.name)));
  const done = stuck < 0 ? statuses : statuses.slice(0, stuck);
  const total = list(pod.spec?.initContainers).length;
  return {
    word: stuck < 0 ? null : `Init:${initWord(statuses[stuck]) ?? `${stuck}/${total}`}`,
    ready: done.filter((one) => sidecars.includes(one.name) && !one.state?.terminated && one.ready === true).length,
    ...restartsOf(stuck < 0 ? statuses : statuses.slice(0, stuck + 1)),
  };
}

function isInitDone(status: ContainerStatus, isSidecar: boolean): boolean {
  return status.state?.terminated?.exitCode === 0 || (isSidecar && status.started === true);
}

function initWord(status: ContainerStatus | undefined): string | null {
  if (status?.state?.terminated) return terminatedWord(status);
  const waiting = status?.state?.waiting?.reason;
  return waiting && waiting !== 'PodInitializing' ? waiting : null;
}

function mainPart(pod: Pod): Part {
  const statuses = list(pod.status?.containerStatuses);
  const running = statuses.filter(isReadyAndRunning);
  return { word: mainWord(pod, statuses, running.length > 0), ready: running.length, ...restartsOf(statuses) };
}

/** The first container with something to say wins; `Completed` gives way to a container that still runs or that failed. */
function mainWord(pod: Pod, statuses: readonly ContainerStatus[], hasRunning: boolean): string | null {
  const word = statuses.map(containerWord).find((one) => one !== null) ?? null;
  if ((word ?? podWord(pod)) !== 'Completed') return word;
  if (hasRunning && condition(pod.status?.conditions, 'Ready')?.status === 'True') return 'Running';
  const failed = statuses.find((one) => !one.state?.waiting?.reason && (one.state?.terminated?.exitCode ?? 0) !== 0);
  if (failed) return terminatedWord(failed);
  return hasRunning ? 'NotReady' : word;
}

function containerWord(status: ContainerStatus): string | null {
  return status.state?.waiting?.reason || terminatedWord(status);
}

function isReadyAndRunning(status: ContainerStatus): boolean {
  const { waiting, terminated, running } = status.state ?? {};
  return !waiting?.reason && !terminated && !!running && status.ready === true;
}

function terminatedWord(status: ContainerStatus): string | null {
  const terminated = status.state?.terminated;
  if (!terminated) return null;
  return (
    terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`)
  );
}

function sidecarStatuses(pod: Pod, sidecars: readonly (string | null | undefined)[]): ContainerStatus[] {
  return list(pod.status?.initContainerStatuses).filter((one) => sidecars.includes(one.name));
}

type Restarts = Pick<Part, 'restarts' | 'lastRestart'>;

function restartsOf(statuses: readonly ContainerStatus[]): Restarts {
  return statuses.reduce<Restarts>(
    (total, one) => ({
      restarts: total.restarts + (one.restartCount ?? 0),
      lastRestart: later(total.lastRestart, one.lastState?.terminated?.finishedAt),
    }),
    { restarts: 0, lastRestart: null },
  );
}

function sum(a: Restarts, b: Restarts): Restarts {
  return { restarts: a.restarts + b.restarts, lastRestart: later(a.lastRestart, b.lastRestart) };
}

function restartsText({ restarts, lastRestart }: Restarts, readAt: string): string {
  return restarts > 0 && lastRestart ? `${restarts} (${age(readAt, lastRestart)} ago)` : `${restarts}`;
}
