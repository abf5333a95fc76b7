import type { KubernetesObject } from '../model/kubernetes.ts';

/** One value that a change alters; undefined: not there. */
export interface ChangedField {
  path: (string | number)[];
  old: unknown;
  new: unknown;
}

/** What the API server writes by itself at every change. */
const SERVERS_OWN = [
  'apiVersion',
  'kind',
  'status',
  'metadata.resourceVersion',
  'metadata.generation',
  'metadata.managedFields',
  'metadata.uid',
  'metadata.creationTimestamp',
];

/** The values in which two states of an object differ, the server's own book-keeping aside. Lists of one length are compared item by item. */
export function changedFields(before: KubernetesObject, after: KubernetesObject): ChangedField[] {
  return differences([], before, after).filter(({ path }) => !SERVERS_OWN.includes(path.join('.')));
}

function differences(path: (string | number)[], old: unknown, now: unknown): ChangedField[] {
  if (SERVERS_OWN.includes(path.join('.')) || same(old, now)) return [];
  if (Array.isArray(old) && Array.isArray(now) && old.length === now.length) {
    return old.flatMap((item, index) => differences([...path, index], item, now[index]));
  }
  if (isRecord(old) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
    return keys.flatMap((key) => differences([...path, key], old[key] ?? undefined, now[key] ?? undefined));
  }
  return [{ path, old, new: now }];
}

/** Whether two JSON values say the same, whatever the order of their keys; null is "not there". */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) => {
      if (inner === null) return undefined;
      return isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([x], [y]) => (x < y ? -1 : 1))) : inner;
    }) ?? ''
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
