import type { ChangeRequest } from '../model/change.ts';
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
  const query = { fieldManager: manager, fieldValidation: 'Strict', ...(dryRun && { dryRun: 'All' }) };
  const search = isDelete ? '' : `?${new URLSearchParams(query)}`;
  return {
    method: request.method,
    path: `${root}${request.path}${search}`,
    headers: { ...headers, accept: 'application/json', 'content-type': request.contentType },
    body: JSON.stringify(body),
  };
}
