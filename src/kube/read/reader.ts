import type { EvidenceValues, Read, ReadKey, ReadLog } from '../../model/evidence.ts';
import type { Answer, Ask } from '../../model/request.ts';
import { listBody, notAnObject, objectBody, type Parse, toRead } from './body.ts';
import { gate } from './gate.ts';
import type { Question } from './question.ts';
import { READS } from './reads.ts';
import { repair } from './repair.ts';
import { READ_SHAPES } from './shapes.ts';

const IN_FLIGHT = 6;
/** The object that a read is about: of a list, its items. */
type One<T> = T extends readonly (infer Item)[] ? Item : T;

/** Asks questions on behalf of a read, a few at a time, and keeps the log. */
export interface Reader {
  /** Sends one question and reads the answer's body with `parse`. */
  read<K extends ReadKey>(
    key: K,
    question: Question,
    parse: Parse<EvidenceValues[K]>,
  ): Promise<Read<EvidenceValues[K]>>;
  object<K extends ReadKey>(key: K, question: Question): Promise<Read<One<EvidenceValues[K]>>>;
  list<K extends ReadKey>(key: K, question: Question): Promise<Read<One<EvidenceValues[K]>[]>>;
  log: ReadLog[];
  /** The server's clock, RFC 3339, as its first answer gave it; null before that, or when it gives none. */
  date(): string | null;
}

/** Starts a reader; `onProgress` hears what is being read. */
export function startReader(ask: Ask, onProgress?: (what: string) => void): Reader {
  const log: ReadLog[] = [];
  const enter = gate(IN_FLIGHT);
  let date: string | null = null;

  async function send(key: ReadKey, { request, right, command }: Question): Promise<Answer> {
    const leave = await enter();
    const { what } = READS[key];
    onProgress?.(what);
    const started = performance.now();
    try {
      const answer = await ask(request);
      date ??= rfc3339(answer.date);
      return answer;
    } finally {
      leave();
      log.push({ key, what, command, right, milliseconds: Math.round(performance.now() - started) });
    }
  }

  async function read<T>(key: ReadKey, question: Question, parse: Parse<T>): Promise<Read<T>> {
    const { path, query } = question.request;
    return asKubernetesWrites(key, atMost(toRead(await send(key, question), path, parse), query?.limit), path);
  }
  return {
    read,
    object: (key, question) => read(key, question, objectBody<One<EvidenceValues[typeof key]>>),
    list: (key, question) => read(key, question, listBody<One<EvidenceValues[typeof key]>>),
    log,
    date: () => date,
  };
}

/** What was read without what no API server writes: see `repair`. */
function asKubernetesWrites<T>(key: ReadKey, read: Read<T>, path: string): Read<T> {
  if (read.status !== 'read') return read;
  const { value, odd } = repair(read.value, READ_SHAPES[key]);
  if (value === null) return notAnObject(path);
  const all = [...(read.odd ?? []), ...odd];
  return { ...read, value, ...(all.length > 0 && { odd: all }) };
}

/** A server may list more than it was asked for: what is too much is as if it had been held back. */
function atMost<T>(read: Read<T>, limit: string | undefined): Read<T> {
  if (read.status !== 'read' || !Array.isArray(read.value) || limit === undefined) return read;
  const most = Number(limit);
  return read.value.length > most ? { ...read, value: read.value.slice(0, most) as T, partial: true } : read;
}

function rfc3339(date: string | undefined): string | null {
  const time = Date.parse(date ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace('.000Z', 'Z');
}
