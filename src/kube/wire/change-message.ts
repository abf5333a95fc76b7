import type { ChangeRequest } from '../../model/change.ts';
import type { Headers, Message } from './wire.ts';

/** A change as an HTTP request, written under the name `manager`; with `dryRun` nothing is stored. */
export function changeMessage(
  request: ChangeRequest,
  { manager, dryRun, root }: { manager: string; dryRun: boolean; root: string },
  headers: Headers,
): Message {
  const isDelete = request.method === 'DELETE';
  // A DELETE with a body has its options there, and those in the query are not looked at (Kubernetes 1.36 apiserver pkg/endpoints/handlers/delete.go DeleteResource).
  const body = isDelete && dryRun ? { ...request.body, dryRun: ['All'] } : request.body;
  // In the query too: should the body get lost on the way, a trial must not become the real thing.
  const trial = dryRun ? { dryRun: 'All' } : {};
  const query = isDelete ? trial : { fieldManager: manager, fieldValidation: 'Strict', ...trial };
  const search = new URLSearchParams(query).toString();
  return {
    method: request.method,
    path: `${root}${request.path}${search && `?${search}`}`,
    headers: { ...headers, accept: 'application/json', 'content-type': request.contentType },
    body: JSON.stringify(body),
  };
}
