import type { EvidenceItem } from '../../model/finding.ts';
import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { eventMessage, eventTime } from '../meta/event.ts';
import { list } from '../meta/list.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { ageSeconds, later, millis } from '../meta/time.ts';
import type { Operator } from '../operator/operator.ts';
import { disruption } from './disruption.ts';
import { isActive } from './pod.ts';

/** Who ended a pod, so far as its own status or an event about it tells; `deletion`: somebody deleted it, and only the audit log says who. */
export type Ender = 'taint' | 'descheduler' | 'vpa' | 'eviction' | 'preemption' | 'kubelet' | 'scaling' | 'deletion';

/** A pod of the present template that is gone, or going. */
export interface ReplacedPod {
  name: string;
  /** When it was last heard of. */
  time: string;
  by: Ender;
  /** The node it was on, where that is known. */
  node: string | null;
  said: EvidenceItem;
}

/** Events of longer ago say nothing of now. */
const RECENT_SECONDS = 900;

/** The pods of the present ReplicaSet that ended in the last minutes, the newest first. Events tell of those that are gone: their pods' names begin with the ReplicaSet's. */
export function replacedPods(
  { current, pods }: Operator,
  seen: {
    readonly readAt: string;
    readonly pods?: readonly Pod[] | null;
    readonly events?: readonly KubernetesEvent[] | null | undefined;
  },
): ReplacedPod[] {
  if (!current) return [];
  const left = list(seen.pods).filter((pod) => isControlledBy(pod, current) && !isActive(pod));
  const events = list(seen.events).filter(
    ({ involvedObject }) =>
      involvedObject?.kind === 'Pod' &&
      involvedObject.name?.startsWith(`${nameOf(current)}-`) === true &&
      !pods.some((pod) => nameOf(pod) === involvedObject.name),
  );
  const deleted = list(seen.events).filter(
    ({ reason, involvedObject }) => reason === 'SuccessfulDelete' && involvedObject?.name === nameOf(current),
  );
  const byName = Map.groupBy(events, ({ involvedObject }) => involvedObject?.name ?? '');
  const names = [...new Set([...byName.keys(), ...left.map(nameOf)])];
  return names
    .map((name) => {
      const pod = left.find((one) => nameOf(one) === name) ?? null;
      const scaled = deleted.find((one) => eventMessage(one) === `Deleted pod: ${name}`) ?? null;
      return ended(name, pod, scaled, byName.get(name) ?? []);
    })
    .filter(({ time }) => (ageSeconds(seen.readAt, time) ?? RECENT_SECONDS) < RECENT_SECONDS)
    .toSorted((a, b) => (millis(b.time) ?? 0) - (millis(a.time) ?? 0));
}

function ended(
  name: string,
  pod: Pod | null,
  scaled: KubernetesEvent | null,
  events: readonly KubernetesEvent[],
): ReplacedPod {
  const told = ENDERS.flatMap(([by, is]) => events.filter(is).map((event) => ({ by, event })))[0];
  const time = events.reduce<string | null>((newest, one) => later(newest, eventTime(one)), null);
  const why = pod && disruption(pod);
  const ends = later(time, why?.time ?? pod?.metadata?.deletionTimestamp) ?? '';
  const source = `pod/${name}`;
  const node =
    pod?.spec?.nodeName ??
    events.map(({ source: from }) => from?.component === 'kubelet' && from.host).find((host) => !!host) ??
    null;
  const of = { name, time: ends, node: node || null };
  if (told) return { ...of, by: told.by, said: say(told.event, `${source} event ${told.event.reason}`) };
  if (scaled) return { ...of, by: 'scaling', said: say(scaled, 'the ReplicaSet, event SuccessfulDelete') };
  if (why) {
    const text = `${why.reason}: ${why.message}`;
    return { ...of, by: BY_REASON[why.reason] ?? 'deletion', said: { text, source: `${source} status` } };
  }
  const byKubelet = pod?.status?.phase === 'Failed';
  const words = [pod?.status?.reason, pod?.status?.message].filter(Boolean).join(': ');
  return byKubelet
    ? { ...of, by: 'kubelet', said: { text: words || 'Failed', source: `${source} status` } }
    : { ...of, by: 'deletion', said: { text: `pod ${name} was deleted`, source: `events about ${source}` } };
}

function say(event: KubernetesEvent, source: string): EvidenceItem {
  return { text: `${event.reason}: ${eventMessage(event)}`, source };
}

/** Kubernetes 1.36 pkg/controller/tainteviction, pkg/kubelet/eviction, pkg/scheduler; descheduler v0.33 pkg/descheduler/evictions/evictions.go; VPA updater 1.4. */
const ENDERS: readonly [Ender, (event: KubernetesEvent) => boolean][] = [
  ['descheduler', (event) => event.action === 'Descheduled' || /\bdescheduler/.test(eventSource(event))],
  ['vpa', ({ reason }) => reason === 'EvictedByVPA'],
  ['taint', (event) => event.reason === 'TaintManagerEviction' && !eventMessage(event).startsWith('Cancelling')],
  ['preemption', ({ reason }) => reason === 'Preempted'],
  ['kubelet', ({ reason }) => reason === 'Evicted'],
];

function eventSource({ source, reportingComponent }: KubernetesEvent): string {
  return `${source?.component ?? ''} ${reportingComponent ?? ''}`;
}

/** The reasons of the condition DisruptionTarget. */
const BY_REASON: Readonly<Record<string, Ender>> = {
  DeletionByTaintManager: 'taint',
  EvictionByEvictionAPI: 'eviction',
  PreemptionByScheduler: 'preemption',
  TerminationByKubelet: 'kubelet',
};
