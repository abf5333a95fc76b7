import type { EvidenceItem } from '../../model/finding.ts';
import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { lasting } from '../meta/human-duration.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { ageSeconds } from '../meta/time.ts';
import {
  type ContainerStatus,
  containerStatuses,
  isInitContainer,
  isOperatorContainer,
  isSidecar,
} from '../pod/pod.ts';
import { crashes } from './crash.ts';
import type { PodFailure } from './pod-failure.ts';
import { type Probe, probeWords } from './probe.ts';

/** Why a pod whose containers all run is not Ready, named as the rules are. */
export type NotReadyKind =
  | 'init-container-blocked'
  | 'startup-probe-failing'
  | 'readiness-failing'
  | 'sidecar-not-ready'
  | 'readiness-gate';

export interface NotReady extends PodFailure {
  kind: NotReadyKind;
  since: string | null;
  /** The kubelet's words about the probe that fails; empty when it said nothing. */
  words: EvidenceItem[];
}

/** A container that has just started may not be ready yet: KubeVirt's probe waits 5 seconds and fails three times in 30 (components/deployments.go). */
const PATIENCE = 60;

type Events = readonly KubernetesEvent[] | null | undefined;

/** Of these pods those that run and are not Ready, for this reason; a pod has one reason. */
export function notReady(pods: readonly Pod[], readAt: string, events: Events, kind: NotReadyKind): NotReady[] {
  return pods.flatMap((pod) => reasonOf(pod, readAt, events) ?? []).filter((one) => one.kind === kind);
}

function reasonOf(pod: Pod, readAt: string, events: Events): NotReady | null {
  const statuses = containerStatuses(pod);
  const [init] = statuses.filter((status) => status.state?.running && isInitContainer(pod, status.name));
  if (init) return running(pod, init, 'init-container-blocked', readAt, []);
  const blocking = statuses.find(
    (status) => status.started === false && status.state?.running && isSidecar(pod, status.name),
  );
  if (blocking && statuses.every((status) => !isOperatorContainer(status.name) || status.state?.waiting)) {
    const words = probeWords(pod, 'Startup', events, blocking.state?.running?.startedAt);
    return running(pod, blocking, 'sidecar-not-ready', readAt, words);
  }
  const sound = statuses.every((status) => status.state?.running || isInitContainer(pod, status.name));
  if (!sound || statuses.length === 0 || crashes([pod], readAt).length > 0) return null;
  const unready = statuses.filter((status) => status.ready !== true && !isInitContainer(pod, status.name));
  const own = unready.find(({ name }) => isOperatorContainer(name));
  const [other] = unready;
  if (!other) return gate(pod);
  if (!own) return running(pod, other, 'sidecar-not-ready', readAt, probeWords(pod, 'Readiness', events));
  const wordsOf = (probe: Probe) => probeWords(pod, probe, events, own.state?.running?.startedAt);
  // The kubelet asks the other probes only once the one for the start was answered.
  const starting = own.started !== true && (hasStartupProbe(pod, own.name) || wordsOf('Startup').length > 0);
  const words = wordsOf(starting ? 'Startup' : 'Readiness');
  return running(pod, own, starting ? 'startup-probe-failing' : 'readiness-failing', readAt, words);
}

function hasStartupProbe({ spec }: Pod, name: string | null | undefined): boolean {
  return list(spec?.containers).some((one) => one.name === name && !!one.startupProbe);
}

function running(
  pod: Pod,
  status: ContainerStatus,
  kind: NotReadyKind,
  readAt: string,
  words: EvidenceItem[],
): NotReady | null {
  const container = status.name ?? '<unnamed>';
  const since = startOf(pod, status, readAt);
  const seconds = ageSeconds(readAt, since);
  if (words.length === 0 && (seconds === null || seconds < PATIENCE)) return null;
  const message = `has run ${lasting(readAt, since)}, ${kind === 'init-container-blocked' ? 'not done' : 'not ready'}`;
  const source = `pod/${nameOf(pod)} state.running of container ${container}`;
  return { pod, container, kind, since, words, message, source };
}

/** When the container was started, or since when its pod is not Ready; where its node's clock is ahead, and it was started only once, not before its pod was made. */
function startOf({ metadata, status }: Pod, { state, restartCount }: ContainerStatus, readAt: string): string | null {
  const started = state?.running?.startedAt ?? condition(status?.conditions, 'Ready')?.lastTransitionTime ?? null;
  const isAhead = (ageSeconds(readAt, started) ?? 0) < 0 && (restartCount ?? 0) === 0;
  return isAhead ? (metadata?.creationTimestamp ?? null) : started;
}

function gate(pod: Pod): NotReady | null {
  const ready = condition(pod.status?.conditions, 'Ready');
  if (ready?.reason !== 'ReadinessGatesNotReady') return null;
  const source = `pod/${nameOf(pod)} status.conditions[Ready]`;
  const since = ready.lastTransitionTime ?? null;
  return { pod, container: '', kind: 'readiness-gate', since, words: [], message: ready.message ?? '', source };
}
