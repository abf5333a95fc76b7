import type { FailureReason, Refusal } from '../../model/request.ts';
import { oneLine } from './one-line.ts';
import { hostOf, portOf } from './proxy.ts';

export type Failure = Extract<Refusal, { status: 'failed' }>;
/** An error as Node's sockets, TLS, HTTP and zlib throw it. */
type NodeError = Error & { code?: string };

const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'INVALID_CA',
]);
/** A connection that broke while an answer was awaited or read. */
const BROKEN = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_STREAM_CANCEL',
  'ERR_HTTP2_SESSION_ERROR',
  'ERR_HTTP2_INVALID_SESSION',
  'ERR_HTTP2_GOAWAY_SESSION',
  'Z_BUF_ERROR',
]);

/** Whether the same request may well succeed on another try. */
export function isBroken(error: unknown): boolean {
  return BROKEN.has((error as NodeError).code ?? '');
}

/** A timeout as an error; `what` did not happen in `milliseconds`. */
export function timeoutError(what: string, milliseconds: number): Error {
  return Object.assign(new Error(`${what} within ${milliseconds / 1000}s`), { code: 'TIMEOUT' });
}

/** Why a request failed, from the error that Node threw: reason and one line. `proxy` is named where it is to blame. */
export function failureOf(error: unknown, server: URL, proxy: URL | null): Failure {
  const { code = '', message } = error as NodeError;
  const at = `${hostOf(server)}:${portOf(server)}`;
  if (code === 'TIMEOUT') return failed('timeout', message);
  if (code === 'EPROXY') return failed('api-unreachable', `proxy ${proxy?.host} ${proxyWords(message)}`);
  if (code === 'ECONNREFUSED') return failed('api-unreachable', `connection to ${at} refused`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failed('api-unreachable', `the name ${hostOf(server)} cannot be resolved`);
  }
  if (code === 'ERR_BUFFER_TOO_LARGE') return failed('too-large', 'the answer is larger than 16 MiB');
  return tlsFailure(error as NodeError, hostOf(server)) ?? otherFailure(error as NodeError, at);
}

function tlsFailure(error: NodeError, host: string): Failure | null {
  const { code = '' } = error;
  if (UNTRUSTED.has(code)) {
    return failed('api-tls-untrusted', 'no certificate authority that is trusted signed its certificate');
  }
  if (code === 'CERT_HAS_EXPIRED') return failed('api-tls-untrusted', 'its certificate has expired');
  if (code === 'CERT_NOT_YET_VALID') {
    return failed('api-tls-untrusted', "its certificate is not valid yet; is this machine's clock right?");
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return failed('api-tls-untrusted', `its certificate is not for ${host}`);
  }
  if (/ALERT_CERTIFICATE_EXPIRED/.test(code))
    return failed('client-cert-expired', 'the server says that the client certificate has expired');
  if (/ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_\w+)/.test(code)) {
    return failed('auth-unauthorized', 'the server does not accept the client certificate');
  }
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/.test(code + error.message)) {
    return failed('not-kubernetes', 'the server does not speak TLS; should its address begin with http:// ?');
  }
  return /^ERR_(SSL|TLS|OSSL)|EPROTO/.test(code) ? failed('api-tls-untrusted', `no TLS connection: ${code}`) : null;
}

function otherFailure(error: NodeError, at: string): Failure {
  const broken = BROKEN.has(error.code ?? '');
  const what = broken ? `the connection to ${at} broke off` : `no connection to ${at}`;
  return failed('api-unreachable', `${what} (${error.code ?? error.message})`);
}

function proxyWords(message: string): string {
  return message === 'ECONNREFUSED' ? 'refused the connection' : `gave no connection: ${message}`;
}

function failed(reason: FailureReason, message: string): Failure {
  return { status: 'failed', reason, message: oneLine(message) };
}
