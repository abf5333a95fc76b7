import type { Read } from '../../model/evidence.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';

/** What nothing seen so far calls for. */
export const UNNEEDED = { status: 'unneeded' } as const;

/**
 * One Read from several that ask for parts of the same list. An absent part adds nothing; a part that was refused or failed
 * makes the whole unknown. An object that several parts hold is taken once. What is left of the last part is left of the whole.
 */
export function merge<T extends KubernetesObject>(parts: readonly Read<T[]>[]): Read<T[]> {
  const refused = parts.find(({ status }) => status === 'forbidden' || status === 'failed');
  if (refused) return refused;
  const seen = new Set<string>();
  const value = parts.flatMap(items).filter((object) => {
    const key = `${object.kind}/${object.metadata?.namespace ?? ''}/${object.metadata?.name}`;
    return !seen.has(key) && seen.add(key);
  });
  const cut = parts.flatMap((part) => (part.status === 'read' && part.partial ? [part] : []));
  const rest = cut.at(-1)?.rest;
  const odd = parts.flatMap((part) => (part.status === 'read' ? (part.odd ?? []) : []));
  return {
    status: 'read',
    value,
    ...(cut.length > 0 && { partial: true }),
    ...(rest && { rest }),
    ...(odd.length > 0 && { odd }),
  };
}

/** A list of at most one object. */
export function asList<T>(read: Read<T>): Read<T[]> {
  return read.status === 'read' ? { ...read, value: [read.value] } : read;
}

/** What a list read brought; nothing when it brought no answer. */
export function items<T>(read: Read<T[]>): T[] {
  return read.status === 'read' ? read.value : [];
}

/** What a read brought; null when it brought no answer or the object does not exist. */
export function value<T>(read: Read<T>): T | null {
  return read.status === 'read' ? read.value : null;
}
