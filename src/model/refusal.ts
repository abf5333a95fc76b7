import type { Refusal } from './request.ts';

/**
 * What an HTTP status other than 2xx means for a read. A 404 is an answer: the object, or the whole API group, does not exist.
 * `message` is the server's, one line.
 */
export function refusalOf(status: number, message: string): Refusal {
  if (status === 404) return { status: 'absent' };
  if (status === 403) return { status: 'forbidden', message };
  if (status === 401) return { status: 'failed', reason: 'auth-unauthorized', message };
  if (status === 429) return { status: 'failed', reason: 'api-throttled', message };
  if (status >= 500) return { status: 'failed', reason: 'api-degraded', message };
  return { status: 'failed', reason: 'not-kubernetes', message };
}
