import type { KubernetesObject } from '../../model/kubernetes.ts';
import type { Answer, Refusal } from '../../model/request.ts';
import { listBody, objectBody, toRead } from '../read/body.ts';
import { repair } from '../read/repair.ts';
import { READ_SHAPES } from '../read/shapes.ts';
import type { Transport } from '../wire/transport.ts';
import type { FollowedKey, FollowQuestion } from './follow-questions.ts';

const POLL_MS = 2000;
/** An API server sends a bookmark about once a minute; a list in between costs little, and finds a stream that brings nothing. */
const SILENCE_MS = 20_000;
const SERVER_SECONDS = '300';
const BRIEF_MS = 1000;
/** So many watches in a row that end at once: this server, or something before it, does not let one watch. */
const MOST_BRIEF = 3;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;
/** Of no more objects is kept track. */
const MOST_OBJECTS = 500;

/** The objects as they are now; undefined while that cannot be told, and then why. */
export interface Followed {
  objects: readonly KubernetesObject[] | undefined;
  refusal: Exclude<Refusal, { status: 'absent' }> | null;
}

export interface FollowHands extends Pick<Transport, 'ask' | 'watch'> {
  pause(milliseconds: number): Promise<void>;
  /** Milliseconds of a clock that only goes forward. */
  ticks(): number;
  /** Hears every change. */
  publish(followed: Followed): void;
  /** Ends it. */
  signal: AbortSignal;
}

/**
 * Lists objects and watches them, and lists them anew whenever the watch ends, for whatever reason. Asks every two seconds instead
 * where watching is forbidden or does not work. Settles when the signal says so.
 */
export async function followObjects(key: FollowedKey, question: FollowQuestion, hands: FollowHands): Promise<void> {
  let state: State = { objects: new Map(), polls: false, singly: false, failures: 0, brief: 0, silent: false };
  while (!hands.signal.aborted) {
    const seen = await listed(key, question, hands, state.singly);
    if (hands.signal.aborted) return;
    const isRefused = seen.read.status === 'forbidden' || seen.read.status === 'failed';
    state = isRefused
      ? await refused(seen.read, question, hands, state)
      : await followed(key, question, seen, hands, state);
  }
}

type Seen = Awaited<ReturnType<typeof listed>>;

async function refused(read: Seen['read'], { get }: FollowQuestion, hands: FollowHands, state: State): Promise<State> {
  if (read.status === 'forbidden' && get && !state.singly) return { ...state, singly: true };
  if (read.status === 'forbidden' || read.status === 'failed') hands.publish({ objects: undefined, refusal: read });
  await hands.pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** state.failures));
  return { ...state, failures: state.failures + 1, silent: false };
}

async function followed(
  key: FollowedKey,
  question: FollowQuestion,
  { read, version }: Seen,
  hands: FollowHands,
  before: State,
): Promise<State> {
  const objects = byName(read.status === 'read' ? read.value : []);
  const missed = before.silent && versionsOf(objects) !== versionsOf(before.objects);
  const state = { ...before, objects, failures: 0, silent: false, polls: before.polls || missed };
  hands.publish({ objects: [...objects.values()], refusal: null });
  if (!state.polls && !state.singly && version !== null) return watched(key, question, version, hands, state);
  await hands.pause(POLL_MS);
  return state;
}

interface State {
  objects: Map<string, KubernetesObject>;
  polls: boolean;
  /** Whether the object is asked for by its name, since listing is forbidden. */
  singly: boolean;
  failures: number;
  /** How many watches in a row ended at once. */
  brief: number;
  /** Whether the last watch ended because nothing came. */
  silent: boolean;
}

async function listed(key: FollowedKey, question: FollowQuestion, { ask }: FollowHands, singly: boolean) {
  const { request } = singly && question.get ? question.get : question.list;
  const answer = await ask(request);
  const read = toRead<KubernetesObject[]>(answer, request.path, (body) => {
    if (!singly) return listBody<KubernetesObject>(body);
    const one = objectBody<KubernetesObject>(body);
    return one && { value: [one.value] };
  });
  const good = read.status === 'read' ? { ...read, value: read.value.flatMap((one) => repaired(one, key)) } : read;
  return { read: good, version: versionOf(answer) };
}

async function watched(
  key: FollowedKey,
  { list }: FollowQuestion,
  version: string,
  hands: FollowHands,
  state: State,
): Promise<State> {
  const { limit: _, ...query } = list.request.query ?? {};
  const watch = { watch: '1', resourceVersion: version, allowWatchBookmarks: 'true', timeoutSeconds: SERVER_SECONDS };
  const enough = new AbortController();
  const started = hands.ticks();
  const onLine = (line: string) => {
    if (enough.signal.aborted || hands.signal.aborted) return;
    const event = eventIn(line);
    // Whatever it is (often: the version is too old), only a new list helps.
    if (event === null || event.type === 'ERROR') enough.abort();
    else if (event.type !== 'BOOKMARK' && apply(event, key, state.objects)) {
      hands.publish({ objects: [...state.objects.values()], refusal: null });
    }
  };
  const limits = { silenceMs: SILENCE_MS, signal: AbortSignal.any([hands.signal, enough.signal]) };
  const end = await hands.watch({ path: list.request.path, query: { ...query, ...watch } }, onLine, limits);
  const brief = hands.ticks() - started < BRIEF_MS ? state.brief + 1 : 0;
  const polls = end.status === 'forbidden' || brief >= MOST_BRIEF;
  if (brief > 0 && !polls) await hands.pause(FIRST_PAUSE_MS * 2 ** brief);
  return { ...state, polls, brief, silent: end.status === 'failed' && end.reason === 'timeout' };
}

interface WatchEvent {
  type: string;
  object: unknown;
}

function eventIn(line: string): WatchEvent | null {
  try {
    const event = JSON.parse(line) as Partial<WatchEvent> | null;
    return typeof event?.type === 'string' ? { type: event.type, object: event.object } : null;
  } catch {
    return null;
  }
}

/** Whether anything changed. */
function apply({ type, object }: WatchEvent, key: FollowedKey, objects: Map<string, KubernetesObject>): boolean {
  const [one] = repaired(object, key);
  const name = one?.metadata?.name;
  if (!one || !name) return false;
  if (type === 'DELETED') return objects.delete(name);
  if (objects.size < MOST_OBJECTS || objects.has(name)) objects.set(name, one);
  return true;
}

function repaired(object: unknown, key: FollowedKey): KubernetesObject[] {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return [];
  const { value } = repair(object as KubernetesObject, READ_SHAPES[key]);
  return value ? [value] : [];
}

function byName(objects: readonly KubernetesObject[]): Map<string, KubernetesObject> {
  return new Map(objects.map((one) => [one.metadata?.name ?? '', one]));
}

function versionsOf(objects: ReadonlyMap<string, KubernetesObject>): string {
  return [...objects]
    .map(([name, { metadata }]) => `${name}=${metadata?.resourceVersion}`)
    .sort()
    .join();
}

function versionOf(answer: Answer): string | null {
  const body = answer.status === 'read' ? (answer.body as { metadata?: { resourceVersion?: unknown } } | null) : null;
  const version = body?.metadata?.resourceVersion;
  return typeof version === 'string' && version !== '' ? version : null;
}
