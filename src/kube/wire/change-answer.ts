import type { ChangeAnswer } from '../../model/change.ts';
import { refusalOf } from '../../model/refusal.ts';
import type { Reply } from './exchange.ts';
import { oneLine } from './one-line.ts';

interface Status {
  message?: unknown;
}

/** What the API server did with a change, from its HTTP answer. */
export function changeAnswerOf({ status, body, headers }: Reply): ChangeAnswer {
  const parsed = parse(body);
  const isPage = /html/.test(String(headers['content-type'] ?? '')) || /^\s*</.test(body);
  if (isPage || (status < 400 && (status >= 300 || parsed === null))) return notKubernetes();
  if (status < 300) return { status: 'done', body: parsed };
  return refusal(
    status,
    oneLine(typeof parsed?.message === 'string' ? parsed.message : body) || `HTTP status ${status}`,
  );
}

function refusal(status: number, message: string): ChangeAnswer {
  if (/does not support dry run/.test(message)) return { status: 'noDryRun', message };
  if (status === 409 || doesNotFit(status, message)) return { status: 'conflict', message };
  if (status === 404) return { status: 'absent', message };
  if (status === 403) return { status: /User ".*" cannot /.test(message) ? 'forbidden' : 'denied', message };
  if (/denied the request|failed calling webhook/.test(message)) return { status: 'denied', message };
  if (status === 401 || status === 429 || status >= 500) return failure(status, message);
  return { status: 'invalid', message };
}

/**
 * A JSON patch that does not fit the object, such as a `test` that does not hold, is refused with these words and no other: then the
 * object changed (Kubernetes 1.36 apiserver pkg/endpoints/handlers/patch.go applyJSPatch, apimachinery pkg/api/errors NewGenericServerResponse).
 */
function doesNotFit(status: number, message: string): boolean {
  return status === 422 && message === 'the server rejected our request due to an error in our request';
}

/** After a server error nobody knows whether it was carried out; an overloaded server that says so has not begun. */
function failure(status: number, message: string): ChangeAnswer {
  const refusal = refusalOf(status, message);
  const reason = refusal.status === 'failed' ? refusal.reason : 'api-degraded';
  return { status: 'failed', reason, message, sent: status >= 500 };
}

function notKubernetes(): ChangeAnswer {
  const message = 'the answer is not from an API server: a proxy or a login in front of it?';
  return { status: 'failed', reason: 'not-kubernetes', message, sent: true };
}

function parse(body: string): Status | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
