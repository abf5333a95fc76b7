import { refusalOf } from '../../model/refusal.ts';
import type { Answer, ApiRequest, FailureReason } from '../../model/request.ts';
import type { Reply } from './exchange.ts';
import { oneLine } from './one-line.ts';

/** An answer, and whether a second try may bring a better one. */
export interface Verdict {
  answer: Answer;
  retry: boolean;
}

/** What an HTTP answer means. A web page, a redirect or, unless asked for, text in place of JSON is no answer of an API server. */
export function answerOf(reply: Reply, form: ApiRequest['form'] = 'object'): Verdict {
  const { date } = reply.headers;
  const { answer, retry } = verdictOf(reply, form === 'text');
  return { answer: typeof date === 'string' ? { ...answer, date } : answer, retry };
}

function verdictOf(reply: Reply, isText: boolean): Verdict {
  const { status } = reply;
  const type = String(reply.headers['content-type'] ?? '');
  // A pod without a node has no log: 204 (Kubernetes 1.36 pkg/registry/core/pod/strategy.go LogLocation).
  const isLog = isText && (status === 200 || status === 204);
  const isPage = isWebPage(type, isLog ? '' : reply.body);
  if (status === 429) return { answer: refusal(reply, isPage), retry: true };
  // A kubelet that cannot be reached now cannot be reached a moment later.
  if (status >= 500) return { answer: refusal(reply, isPage), retry: !isText };
  if (status >= 300 && status < 400) return final(notKubernetes(`the server redirects to ${hostIn(reply)}`));
  if (isPage && status !== 401) {
    return final(notKubernetes('the answer is a web page, from a proxy or a login in front of the API server'));
  }
  if (status >= 400) return final(refusal(reply, isPage));
  return isLog ? final({ status: 'read', body: { text: reply.body } }) : read(reply, type);
}

function isWebPage(type: string, body: string): boolean {
  return /html/.test(type) || /^\s*</.test(body);
}

function read({ body }: Reply, type: string): Verdict {
  if (type !== '' && !/json/.test(type)) return final(notKubernetes(`the answer is ${oneLine(type)} in place of JSON`));
  try {
    return final({ status: 'read', body: JSON.parse(body.replace(/^\uFEFF/, '')) });
  } catch {
    return { answer: failed('api-degraded', 'the answer was cut short'), retry: true };
  }
}

/** The server's own words: the message of a Status, or plain text. */
function refusal({ status, body }: Reply, isPage: boolean): Answer {
  const text = isPage ? '' : (statusMessage(body) ?? body);
  return refusalOf(status, oneLine(text) || `HTTP status ${status}`);
}

function statusMessage(body: string): string | null {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' ? message : null;
  } catch {
    return null;
  }
}

function hostIn({ headers }: Reply): string {
  const location = String(headers.location ?? '');
  return URL.parse(location)?.host ?? 'another address';
}

function final(answer: Answer): Verdict {
  return { answer, retry: false };
}

function notKubernetes(message: string): Answer {
  return failed('not-kubernetes', message);
}

function failed(reason: FailureReason, message: string): Answer {
  return { status: 'failed', reason, message };
}
