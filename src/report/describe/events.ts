import type { KubernetesEvent } from '../../model/kubernetes.ts';
import type { Line } from '../../model/line.ts';
import { eventMessage, eventTime } from '../../objects/meta/event.ts';
import { age } from '../../objects/meta/human-duration.ts';
import { list } from '../../objects/meta/list.ts';
import { redact } from '../../objects/meta/redact.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { millis } from '../../objects/meta/time.ts';
import { readValue, whyNothing } from '../read.ts';
import { tableWithNotes } from '../table.ts';
import type { View } from '../view.ts';
import { fields, heading } from './field.ts';
import { isWanted, type Subject } from './subject.ts';

/** So many of the newest are shown. */
const MOST = 20;

/** Events about the operator's objects, the newest last, each text once. */
export function eventSection(view: View, subject: Subject | null): Line[] {
  const { readAt, reads } = view.evidence;
  const about = list(readValue(reads.events)).filter((event) => concerns(event, view, subject));
  if (about.length === 0) return subject ? [] : fields([['Events', whyNothing(reads.events)]]);
  const rows = newestOfEach(about)
    .slice(-MOST)
    .map((event) => ({
      cells: [
        age(readAt, eventTime(event)),
        event.type ?? '',
        event.reason ?? '',
        `${(event.involvedObject?.kind ?? '').toLowerCase()}/${event.involvedObject?.name ?? ''}`,
      ],
      note: `${redact(eventMessage(event))}${times(event)}`,
    }));
  return [heading('Events'), ...tableWithNotes(['AGE', 'TYPE', 'REASON', 'OBJECT'], rows, '  ')];
}

/** Without a subject: events about the objects that were read. */
function concerns(event: KubernetesEvent, { evidence }: View, subject: Subject | null): boolean {
  const { kind, name } = event.involvedObject ?? {};
  if (subject) return isWanted(subject, kind ?? '', name ?? '');
  const { deployment, replicaSets, pods, nodes } = evidence.reads;
  const objects = [
    readValue(deployment),
    ...list(readValue(replicaSets)),
    ...list(readValue(pods)),
    ...list(readValue(nodes)),
  ];
  return objects.some((object) => object !== null && nameOf(object) === name);
}

/** Oldest first; of several with one text about one object the newest stays. */
function newestOfEach(events: readonly KubernetesEvent[]): KubernetesEvent[] {
  const sorted = events.toSorted((a, b) => at(a) - at(b));
  const newest = new Map(sorted.map((event) => [identity(event), event]));
  return sorted.filter((event) => newest.get(identity(event)) === event);
}

function identity(event: KubernetesEvent): string {
  const { kind, name } = event.involvedObject ?? {};
  return JSON.stringify([kind, name, event.reason, eventMessage(event)]);
}

function at(event: KubernetesEvent): number {
  return millis(eventTime(event)) ?? 0;
}

function times(event: KubernetesEvent): string {
  const count = event.series?.count ?? event.count ?? 1;
  return count > 1 ? ` (${count} times)` : '';
}
