import type { Action, ActionName, Target } from '../model/action.ts';
import { FIELD_MANAGER, type PatchOperation } from '../model/change.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { list } from '../objects/meta/list.ts';
import { quantity } from '../objects/meta/quantity.ts';
import { shell } from '../objects/meta/shell.ts';
import { afterChange, applied } from './apply-patch.ts';
import { type ChangedField, changedFields, same } from './changed-fields.ts';
import { pointer } from './pointer.ts';
import { deletion, jsonPatch } from './requests.ts';
import { rightTo } from './target.ts';

/** What is kept of a change so that it can be taken back: nothing but the values that it wrote, and those that were there. */
export interface Reversal {
  action: ActionName;
  title: string;
  target: Target;
  /** Of the object that was changed; null where the change made it. */
  uid: string | null;
  /** `/scale` where only that part may be written. */
  subresource: string;
  fields: ChangedField[];
}

/** What must be kept of a change before it is made; null when it cannot be taken back. */
export function reversalOf(action: Action): Reversal | null {
  const { name, title, target, before, request, undo } = action;
  if (!undo.possible) return null;
  const subresource = before ? request.path.slice(target.path.length) : '';
  return { action: name, title, target, uid: before?.metadata?.uid ?? null, subresource, fields: writtenBy(action) };
}

/** The values that a change writes, with those that were there. */
export function writtenBy({ before, request }: Pick<Action, 'before' | 'request'>): ChangedField[] {
  const after = afterChange(before, request);
  if (!after) return [];
  return before ? changedFields(before, after) : leaves(after, []);
}

/** Which of these values an object does not have (any more). */
export function lostFields(fields: readonly ChangedField[], now: KubernetesObject): ChangedField[] {
  return fields.filter(({ path, new: written }) => !matches(valueAt(now, path), written));
}

/** Every single value of a new object: others may have been added to it since. */
function leaves(value: unknown, path: (string | number)[]): ChangedField[] {
  if (typeof value !== 'object' || value === null) return [{ path, old: undefined, new: value }];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

const AS_BEFORE = 'What was broken before the repair is broken again.';

/** The change that takes another one back, from the object as it is now; or, as a sentence, why that must not be done. */
export function undoAction(reversal: Reversal, now: KubernetesObject | null): Action | string {
  const { action: name, target, uid, title } = reversal;
  const what = `${target.kind} ${target.name}`;
  if (!now) return uid === null ? `${what} is already gone` : `${what} does not exist any more`;
  if (uid !== null && now.metadata?.uid !== uid)
    return `${what} is another object now: the one that was changed is gone`;
  const changed = lostFields(reversal.fields, now);
  if (changed.length > 0) {
    const fields = changed.map(({ path }) => path.join('.')).join(', ');
    const look = kubectl(target, shell`get ${target.kind.toLowerCase()} ${target.name} -o yaml`);
    return `${what} was changed since: ${fields}; decide by hand what it should be: ${look}`;
  }
  const common = {
    name,
    title: `Take back: ${title}`,
    target,
    before: now,
    risk: 'medium',
    cautions: [AS_BEFORE],
  } as const;
  const precondition = 'nobody changed it since it was read';
  const undo = { possible: false, why: 'run the repair again' } as const;
  if (uid !== null) {
    const request = {
      ...jsonPatch(target, now, restoring(reversal.fields, now)),
      path: target.path + reversal.subresource,
    };
    const rights = [rightTo('patch', target, reversal.subresource.slice(1) || undefined)];
    return { ...common, request, rights, precondition, undo, command: patchCommand(reversal) };
  }
  if (!isOurs(now)) return `${what} was made by somebody else meanwhile`;
  const command = kubectl(target, `delete ${target.kind.toLowerCase()} ${target.name}`);
  return {
    ...common,
    request: deletion(target, now),
    rights: [rightTo('delete', target)],
    precondition,
    undo,
    command,
  };
}

/** Puts old values back where the present ones are those that were written. */
function restoring(fields: readonly ChangedField[], now: KubernetesObject): PatchOperation[] {
  let state: KubernetesObject = now;
  return fields.flatMap(({ path, old, new: written }) => {
    const { at, value } = written === undefined ? withParents(state, path, old) : { at: path, value: old };
    const change = restore(pointer(at), value, written);
    state = applied(state, [change]);
    if (written === undefined) return [change];
    return [{ op: 'test', path: pointer(path), value: valueAt(now, path) } as const, change];
  });
}

/** With the last value in it the API server may have dropped what held it: that comes back too. */
function withParents(state: unknown, path: ChangedField['path'], value: unknown) {
  const missing = path.findIndex((_, index) => valueAt(state, path.slice(0, index)) === undefined);
  const depth = missing < 0 ? path.length : missing;
  const inner = path.slice(depth).reduceRight<unknown>((held, key) => ({ [key]: held }), value);
  return { at: path.slice(0, depth), value: inner };
}

function restore(path: string, old: unknown, written: unknown) {
  if (old === undefined) return { op: 'remove', path } as const;
  return { op: written === undefined ? 'add' : 'replace', path, value: old } as const;
}

/** The API server may have written a quantity in another way, 2048Mi as 2Gi, and leaves out what is false, 0 or empty. */
function matches(now: unknown, written: unknown): boolean {
  if (same(now, written) || (now === undefined && (written === false || written === 0 || written === ''))) return true;
  const [a, b] = [quantity(now as string), quantity(written as string)];
  return a !== null && a === b;
}

function valueAt(object: unknown, path: ChangedField['path']): unknown {
  const found = path.reduce<unknown>(
    (at, part) => (at as Record<string | number, unknown> | undefined)?.[part],
    object,
  );
  return found ?? undefined;
}

function isOurs({ metadata }: KubernetesObject): boolean {
  return list(metadata?.managedFields).some(({ manager }) => manager === FIELD_MANAGER);
}

function patchCommand({ target, fields }: Reversal): string {
  const patch = fields.map(({ path, old, new: written }) => restore(pointer(path), old, written));
  return kubectl(
    target,
    shell`patch ${target.kind.toLowerCase()} ${target.name} --type=json -p ${JSON.stringify(patch)}`,
  );
}

function kubectl({ namespace }: Target, words: string): string {
  return namespace === null ? `kubectl ${words}` : `${shell`kubectl -n ${namespace}`} ${words}`;
}
