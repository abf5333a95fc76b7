import type { Answer, ApiRequest } from '../../model/request.ts';
import { redactNext } from '../../objects/meta/redact.ts';
import type { Watch } from '../wire/transport.ts';
import { LOG_START, type LogCursor, nextLine, readAgain } from './log-cursor.ts';

/** A pod may have nothing to say for long; a connection that is lost without a word is found after that time. */
const SILENCE_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5000;

export interface FollowedContainer {
  namespace: string;
  pod: string;
  container: string;
}

/** Where a log begins that was there before. */
export interface LogBeginning {
  /** How many of its last lines; null is all. */
  tail: number | null;
  sinceSeconds: number | null;
  /** The server's time now: should the first answer hold no line, what comes later is read from here. */
  now: string | null;
}

export interface LogHands {
  /** Opens a connection for each stream. */
  stream: Watch;
  /** Ends early when something happens to the pod. */
  pause(milliseconds: number): Promise<void>;
  /** How often the container has been started again; null: the pod is gone; undefined: not known. */
  restarts(): number | null | undefined;
  /** Hears every line once, without secrets; the next one waits for what this returns. */
  line(text: string): unknown;
  /** Hears why nothing comes at present: what the server says, once. */
  say(text: string): void;
  signal: AbortSignal;
}

/** What is known of a log so far. */
interface State {
  cursor: LogCursor;
  hidden: number;
  /** What the last stream ended with instead of a line; null is nothing. */
  rest: string | null;
  restarts: number;
  failures: number;
  isRead: boolean;
  said: string;
}

/**
 * Follows what a container logs, over restarts of the container, of the API server and of the connection. Settles when the pod is gone
 * (null), when reading its log is forbidden (why), or when the signal says so (null).
 */
export async function followLog(
  of: FollowedContainer,
  beginning: LogBeginning,
  hands: LogHands,
): Promise<string | null> {
  const restarts = hands.restarts() ?? 0;
  const state: State = { cursor: LOG_START, hidden: 0, rest: null, restarts, failures: 0, isRead: false, said: '' };
  while (!hands.signal.aborted) {
    await readEndOfLastRun(of, state, hands);
    const before = state.cursor;
    const end = await read(of, startOf(state, beginning), state, hands);
    if (end.status === 'forbidden') return end.message;
    if (hands.restarts() === null && (end.status !== 'failed' || state.failures > 0)) break;
    tell(end, state, hands);
    state.failures = state.cursor === before ? state.failures + 1 : 0;
    await hands.pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(state.failures, 5)));
  }
  if (state.rest !== null && !hands.signal.aborted) await take(state.rest, state, hands);
  return null;
}

/** The container may have ended while nobody listened. */
async function readEndOfLastRun(of: FollowedContainer, state: State, hands: LogHands): Promise<void> {
  const restarts = hands.restarts() ?? state.restarts;
  const isNew = restarts > state.restarts;
  state.restarts = restarts;
  if (isNew && state.cursor.time !== null)
    await read(of, { previous: 'true', ...since(state.cursor.time) }, state, hands);
}

function startOf({ cursor, isRead }: State, { tail, sinceSeconds, now }: LogBeginning): Record<string, string> {
  if (cursor.time !== null) return { follow: 'true', ...since(cursor.time) };
  if (isRead && now !== null) return { follow: 'true', ...since(now) };
  return {
    follow: 'true',
    ...(tail !== null && { tailLines: String(tail) }),
    ...(sinceSeconds !== null && { sinceSeconds: String(sinceSeconds) }),
  };
}

/** The API takes whole seconds. */
function since(time: string): { sinceTime: string } {
  return { sinceTime: time.replace(/\.\d+/, '') };
}

async function read(
  { namespace, pod, container }: FollowedContainer,
  query: Record<string, string>,
  state: State,
  hands: LogHands,
): Promise<Answer> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
  const request: ApiRequest = { path, query: { container, timestamps: 'true', ...query }, form: 'text' };
  let rest: string | null = null;
  state.cursor = readAgain(state.cursor);
  const onLine = (line: string, isWhole: boolean) => {
    if (isWhole) return take(line, state, hands);
    rest = line;
    return undefined;
  };
  const end = await hands.stream(request, onLine, { silenceMs: SILENCE_MS, signal: hands.signal });
  // A stream that was cut off ends in the middle of a line. What comes twice is all there is of it.
  const isAll = rest !== null && rest === state.rest;
  state.rest = isAll ? null : rest;
  if (isAll) await take(rest ?? '', state, hands);
  state.isRead ||= end.status === 'read';
  return end;
}

/** Every line goes through here. */
async function take(line: string, state: State, hands: LogHands): Promise<void> {
  const { cursor, text } = nextLine(state.cursor, line);
  state.cursor = cursor;
  if (text === null) return;
  const next = redactNext(text, state.hidden);
  state.hidden = next.hidden;
  state.said = '';
  if (next.text !== null) await hands.line(next.text);
}

/** That the server cannot be reached is told of the pods, not of each log. */
function tell(end: Answer, state: State, { say }: LogHands): void {
  if (end.status !== 'failed' || !['api-degraded', 'api-throttled', 'not-kubernetes'].includes(end.reason)) return;
  if (end.message !== state.said) say(end.message);
  state.said = end.message;
}
