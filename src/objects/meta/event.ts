import type { KubernetesEvent, KubernetesObject } from '../../model/kubernetes.ts';
import { list } from './list.ts';
import { nameOf } from './reference.ts';
import { millis } from './time.ts';

const AGGREGATED = '(combined from similar events): ';

/** When an event last happened: scheduler events have no lastTimestamp (kubectl pkg/cmd/events/events.go eventTime, plus the creation time). */
export function eventTime(event: KubernetesEvent): string | null {
  const times = [
    event.series?.lastObservedTime,
    event.lastTimestamp,
    event.eventTime,
    event.metadata?.creationTimestamp,
  ];
  return times.find((time) => millis(time) !== null) ?? null;
}

/** An event's message without the prefix that the client library puts before repeated ones. */
export function eventMessage(event: KubernetesEvent): string {
  const message = event.message ?? '';
  return message.startsWith(AGGREGATED) ? message.slice(AGGREGATED.length) : message;
}

/** Events about one object, newest first (of one second: the one named last); the uid decides, except that a name alone is enough where an event carries no uid. */
export function eventsAbout(
  events: readonly KubernetesEvent[] | null | undefined,
  object: KubernetesObject,
  reason?: string,
): KubernetesEvent[] {
  return list(events)
    .filter((event) => isAbout(event, object) && (reason === undefined || event.reason === reason))
    .sort(
      (a, b) => (millis(eventTime(b)) ?? 0) - (millis(eventTime(a)) ?? 0) || nameOf(b).localeCompare(nameOf(a), 'en'),
    );
}

function isAbout(event: KubernetesEvent, object: KubernetesObject): boolean {
  const about = event.involvedObject;
  if (about?.uid && object.metadata?.uid) return about.uid === object.metadata.uid;
  return !!about?.name && about.name === object.metadata?.name;
}
