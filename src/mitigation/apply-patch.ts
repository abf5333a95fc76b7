import type { ChangeRequest, PatchOperation } from '../model/change.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { pointerParts } from './pointer.ts';

type Json = Record<string, unknown>;

/**
 * What an object will be after a change, as far as this program can tell without the server: null when it will be gone.
 * The server's own dry-run is better, and shown where there is one.
 */
export function afterChange(before: KubernetesObject | null, request: ChangeRequest): KubernetesObject | null {
  if (request.method === 'DELETE') return null;
  if (request.method === 'POST') return request.body as KubernetesObject;
  if (request.contentType === 'application/merge-patch+json') {
    return merge(before ?? {}, withoutPrecondition(request.body)) as KubernetesObject;
  }
  return applied(before ?? {}, request.body as readonly PatchOperation[]);
}

/** A JSON patch (RFC 6902) on a copy of the object. */
export function applied(before: KubernetesObject, operations: readonly PatchOperation[]): KubernetesObject {
  return operations.reduce<unknown>(step, structuredClone(before)) as KubernetesObject;
}

/** A resourceVersion or uid in a patch says which object is meant, and changes nothing. */
function withoutPrecondition(body: Readonly<Json>): Json {
  const { resourceVersion: _, uid: __, ...metadata } = (body.metadata ?? {}) as Json;
  return { ...body, metadata };
}

/** A JSON merge patch (RFC 7396). */
function merge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Json = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

/** One operation of a JSON patch on a copy of the object. A place that is not there is left alone: the server will say so. */
function step(document: unknown, operation: PatchOperation): unknown {
  if (operation.op === 'test') return document;
  const parts = pointerParts(operation.path);
  const last = parts.pop() ?? '';
  const parent = parts.reduce<unknown>((at, part) => (at as Json | undefined)?.[part], document);
  if (Array.isArray(parent)) changeArray(parent, operation, last);
  else if (isRecord(parent)) {
    if (operation.op === 'remove') delete parent[last];
    else parent[last] = operation.value;
  }
  return document;
}

function changeArray(array: unknown[], operation: Exclude<PatchOperation, { op: 'test' }>, at: string): void {
  const index = at === '-' ? array.length : Number(at);
  if (operation.op === 'remove') array.splice(index, 1);
  else array.splice(index, operation.op === 'add' ? 0 : 1, operation.value);
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
