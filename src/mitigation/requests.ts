import type { Target } from '../model/action.ts';
import type { ChangeRequest, PatchOperation } from '../model/change.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { type ChangedKind, collectionPath } from './target.ts';

/** A merge patch that the API server refuses when the object is another one, or was changed since it was read. */
export function mergePatch(
  target: Target,
  before: KubernetesObject,
  change: Readonly<Record<string, unknown>>,
  subresource = '',
): ChangeRequest {
  return patchOf(target.path + subresource, change, { ...uidOf(before), ...versionOf(before) });
}

/** Of an object that controllers write all the time, and of which only the identity matters. */
export function mergePatchAnyVersion(
  target: Target,
  before: KubernetesObject,
  change: Readonly<Record<string, unknown>>,
): ChangeRequest {
  return patchOf(target.path, change, uidOf(before));
}

function patchOf(path: string, change: Readonly<Record<string, unknown>>, precondition: object): ChangeRequest {
  const metadata = { ...precondition, ...(change.metadata as object | undefined) };
  const isBare = Object.keys(metadata).length === 0;
  const body = isBare ? change : { ...change, metadata };
  return { method: 'PATCH', path, contentType: 'application/merge-patch+json', body };
}

/** A JSON patch that begins with what must still be true. */
export function jsonPatch(
  target: Target,
  before: KubernetesObject,
  operations: readonly PatchOperation[],
): ChangeRequest {
  const { uid, resourceVersion } = before.metadata ?? {};
  const tests: PatchOperation[] = [
    ...(uid ? [{ op: 'test', path: '/metadata/uid', value: uid } as const] : []),
    ...(resourceVersion ? [{ op: 'test', path: '/metadata/resourceVersion', value: resourceVersion } as const] : []),
  ];
  return {
    method: 'PATCH',
    path: target.path,
    contentType: 'application/json-patch+json',
    body: [...tests, ...operations],
  };
}

/** Deletes this very object, not one of the same name; `now` waits for no kubelet. */
export function deletion(target: Target, before: KubernetesObject, { now = false } = {}): ChangeRequest {
  const body = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    preconditions: { ...uidOf(before), ...versionOf(before) },
    ...(now && { gracePeriodSeconds: 0 }),
  };
  return { method: 'DELETE', path: target.path, contentType: 'application/json', body };
}

/** Creates an object; that it does not exist yet is what the API server checks. */
export function creation(kind: ChangedKind, object: KubernetesObject): ChangeRequest {
  const path = collectionPath(kind, object.metadata?.namespace ?? null);
  return { method: 'POST', path, contentType: 'application/json', body: { ...object } };
}

function uidOf({ metadata }: KubernetesObject): { uid?: string } {
  return metadata?.uid ? { uid: metadata.uid } : {};
}

function versionOf({ metadata }: KubernetesObject): { resourceVersion?: string } {
  return metadata?.resourceVersion ? { resourceVersion: metadata.resourceVersion } : {};
}
