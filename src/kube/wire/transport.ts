import { setTimeout as sleep } from 'node:timers/promises';
import { type ChangeAnswer, type ChangeRequest, FIELD_MANAGER, type Send } from '../../model/change.ts';
import type { Answer, ApiRequest, Ask } from '../../model/request.ts';
import { changeAnswerOf } from './change-answer.ts';
import { changeMessage } from './change-message.ts';
import { sharedConnection } from './connection.ts';
import { type Endpoint, presentedCertificate } from './dial.ts';
import { exchange, exchangeLines, type Reply } from './exchange.ts';
import { type Failure, failureOf, isBroken, timeoutError } from './failure.ts';
import type { OnLine } from './read-lines.ts';
import { answerOf, type Verdict } from './reply.ts';
import type { Headers } from './wire.ts';

/** How long to wait, in milliseconds. */
export interface Patience {
  /** For everything together; 0 is no limit. */
  totalMs: number;
  connectMs?: number;
  /** For the next piece of an answer. */
  idleMs?: number;
}

/**
 * Sends one GET whose answer comes line by line, each a JSON document or of a log, until the server ends it, nothing comes for `silenceMs`, or the
 * signal says so. Always settles; `read` means that the server ended it.
 */
export type Watch = (
  request: ApiRequest,
  onLine: OnLine,
  limits: { silenceMs: number; signal: AbortSignal },
) => Promise<Answer>;

export interface Transport {
  ask: Ask;
  /** Sends a change once; one that may have arrived is never sent again. */
  send: Send;
  watch: Watch;
  /** Ends everything that is open or under way; nothing then keeps the process alive. */
  close(): void;
}

const CONNECT_MS = 10_000;
const IDLE_MS = 30_000;
/** Before a second try, when the server does not say how long. */
const PAUSE_MS = 250;

/** Sends all requests over one connection (HTTP/2, or HTTP/1.1 where that is all the server speaks), each at most twice. */
export function openTransport(endpoint: Endpoint, headers: Headers, patience: Patience): Transport {
  const { totalMs, connectMs = CONNECT_MS, idleMs = IDLE_MS } = patience;
  const { server, proxy } = endpoint;
  const total = new AbortController();
  const timer = totalMs > 0 ? setTimeout(() => total.abort(timeoutError('no answer', totalMs)), totalMs) : undefined;
  const connection = sharedConnection(endpoint, connectMs, total.signal);
  // Nobody waits for it yet: whoever asks first hears how it went.
  connection.open().catch(() => undefined);

  async function attempt(request: ApiRequest, signal: AbortSignal): Promise<Verdict & { reply?: Reply }> {
    try {
      const open = await connection.open();
      const reply = await exchange(open, messageOf(request), idleMs, signal);
      return { ...answerOf(reply, request.form), reply };
    } catch (error) {
      const failure = failureOf(error, server, proxy);
      return { answer: await withCertificate(failure), retry: isBroken(error) && connection.wasOpen() };
    }
  }

  let presented: Promise<string | null> | undefined;
  async function withCertificate(failure: Failure): Promise<Failure> {
    if (failure.reason !== 'api-tls-untrusted') return failure;
    presented ??= presentedCertificate(endpoint, AbortSignal.any([total.signal, AbortSignal.timeout(connectMs)]));
    const words = await presented;
    return words === null ? failure : { ...failure, message: `${failure.message} (${words})` };
  }

  /** A text or a stream comes as it is: compressed, it could not be looked at while it comes. */
  function messageOf(request: ApiRequest, isStream = false) {
    const isText = request.form === 'text';
    const encoding = isText || isStream ? { 'accept-encoding': 'identity' } : {};
    return {
      method: 'GET' as const,
      path: pathOf(server, request),
      headers: { ...headers, ...encoding, accept: acceptOf(request) },
      isText,
    };
  }

  async function askTwice(request: ApiRequest, signal: AbortSignal): Promise<Answer> {
    const first = await attempt(request, signal);
    if (!first.retry || signal.aborted) return first.answer;
    const pause = pauseBefore(first.reply);
    if (Date.now() + pause > deadline) return first.answer;
    const waited = await sleep(pause, true, { signal }).catch(() => false);
    return waited ? (await attempt(request, signal)).answer : first.answer;
  }

  async function ask(request: ApiRequest): Promise<Answer> {
    const { withinMs } = request;
    if (withinMs === undefined) return askTwice(request, total.signal);
    const late = new AbortController();
    const lateTimer = setTimeout(() => late.abort(timeoutError('no answer', withinMs)), withinMs);
    const answer = await askTwice(request, AbortSignal.any([total.signal, late.signal]));
    clearTimeout(lateTimer);
    return answer;
  }

  const watch: Watch = async (request, onLine, { silenceMs, signal }) => {
    try {
      const open = await connection.open();
      const message = messageOf(request, true);
      const both = AbortSignal.any([total.signal, signal]);
      const reply = await exchangeLines(open, message, silenceMs, both, onLine);
      return reply === null ? { status: 'read', body: null } : answerOf(reply, request.form).answer;
    } catch (error) {
      return withCertificate(failureOf(error, server, proxy));
    }
  };

  async function send(request: ChangeRequest, { dryRun }: { dryRun: boolean }): Promise<ChangeAnswer> {
    let sent = false;
    try {
      const open = await connection.open();
      const root = server.pathname.replace(/\/$/, '');
      const message = changeMessage(request, { manager: FIELD_MANAGER, dryRun, root }, headers);
      sent = true;
      return changeAnswerOf(await exchange(open, message, idleMs, total.signal));
    } catch (error) {
      const { reason, message } = await withCertificate(failureOf(error, server, proxy));
      return { status: 'failed', reason, message, sent };
    }
  }

  const deadline = totalMs > 0 ? Date.now() + totalMs : Number.POSITIVE_INFINITY;
  return {
    ask,
    send,
    watch,
    close: () => {
      clearTimeout(timer);
      total.abort(timeoutError('no answer', 0));
      connection.close();
    },
  };
}

function pathOf(server: URL, { path, query, form }: ApiRequest): string {
  const parameters = new URLSearchParams({ ...query, ...(form === 'table' && { includeObject: 'None' }) }).toString();
  return `${server.pathname.replace(/\/$/, '')}${path}${parameters && `?${parameters}`}`;
}

/** Kubernetes 1.36 apiserver pkg/endpoints/handlers/response.go; plain JSON is what a server that knows no such form sends. */
function acceptOf({ form, query }: ApiRequest): string {
  const kinds = { metadata: query?.limit ? 'PartialObjectMetadataList' : 'PartialObjectMetadata', table: 'Table' };
  const json = 'application/json';
  // What kubectl asks for; a refusal is JSON (Kubernetes 1.36 pkg/registry/core/pod/rest/log.go ProducesMIMETypes).
  if (form === 'text') return `${json}, */*`;
  return form === 'metadata' || form === 'table' ? `${json};as=${kinds[form]};v=v1;g=meta.k8s.io,${json}` : json;
}

/** What Retry-After says, in milliseconds (RFC 9110: seconds or a date). A connection that broke needs no pause. */
function pauseBefore(reply: Reply | undefined): number {
  if (reply === undefined || reply.status < 400) return 0;
  const header = String(reply.headers['retry-after'] ?? '');
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? PAUSE_MS : Math.max(0, date - Date.now());
}
