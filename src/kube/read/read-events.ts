import type { Reads } from '../../model/evidence.ts';
import type { Deployment } from '../../model/kubernetes.ts';
import { nameOf } from '../../objects/meta/reference.ts';
import { items, merge } from './merge.ts';
import type { Reader } from './reader.ts';
import { DISCOVERY, READS } from './reads.ts';

/** Where the API server goes on with a list; it may not change (Kubernetes 1.36 apiserver pkg/storage/continue.go continueToken). */
interface ContinueToken {
  v: string;
  rv: number;
  start: string;
}

/**
 * Reads the events of a namespace, all of them or those about the Deployment and what it made. Thousands of virt-handler pods
 * have tens of thousands of events, and a server that selects events by object reads every one of them. But they are listed by
 * name, and named after their object: so a list that is cut short is continued at the Deployment's name.
 */
export async function readEvents(
  reader: Reader,
  namespace: string,
  deployment: Deployment | null,
): Promise<Reads['events']> {
  const name = deployment ? nameOf(deployment) : 'virt-operator';
  const first = await reader.list('events', READS.events.ask(namespace));
  if (goesBeyond(first, name)) return uncut(first);
  const own = await readFrom(reader, namespace, first, name);
  return own?.status === 'read' ? merge([uncut(first), own]) : first;
}

/** Asks for each of these objects, should there still be more than was read. */
export async function completeEvents(
  reader: Reader,
  namespace: string,
  events: Reads['events'],
  names: string[],
): Promise<Reads['events']> {
  if (events.status !== 'read' || !events.partial) return events;
  const ask = async (name: string) => {
    const own = await readFrom(reader, namespace, events, `${name}.`);
    return own?.status === 'read' ? own : reader.list('events', DISCOVERY.eventsAbout(namespace, name));
  };
  const more = merge(await Promise.all(names.map(ask)));
  return more.status === 'read' ? merge([uncut(events), more]) : events;
}

/** What follows in a list from a name on, or from its end if that is later; null where the server's token says nothing to us. */
async function readFrom(
  reader: Reader,
  namespace: string,
  list: Reads['events'],
  name: string,
): Promise<Reads['events'] | null> {
  const token = list.status === 'read' && list.rest ? parse(list.rest) : null;
  if (!token) return null;
  const start = token.start > name ? token.start : name;
  const after = Buffer.from(JSON.stringify({ ...token, start })).toString('base64url');
  const own = await reader.list('events', READS.events.ask(namespace, after));
  return goesBeyond(own, name) ? uncut(own) : own;
}

/** Whether a list holds names behind all those that start with this one: then it lacks none of these. */
function goesBeyond(read: Reads['events'], name: string): boolean {
  return items(read).some((event) => nameOf(event) > name && !nameOf(event).startsWith(name));
}

function uncut(read: Reads['events']): Reads['events'] {
  return read.status === 'read' ? { ...read, partial: false } : read;
}

function parse(token: string): ContinueToken | null {
  try {
    const { v, rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString());
    return v === 'meta.k8s.io/v1' && typeof start === 'string' ? { v, rv, start } : null;
  } catch {
    return null;
  }
}
