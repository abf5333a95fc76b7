import type { NodeOverview, Read } from '../../model/evidence.ts';
import type { Answer, Refusal } from '../../model/request.ts';

type JsonObject = Record<string, unknown>;
/** What a body holds; null when it has not the shape that was asked for. */
type Parsed<T> = { value: T; partial?: boolean; rest?: string; odd?: readonly string[] } | null;
export type Parse<T> = (body: JsonObject) => Parsed<T>;

/** Turns an answer into a Read. A body of another shape is a failure: something else than an API server answered. */
export function toRead<T>(answer: Answer, path: string, parse: Parse<T>): Read<T> {
  if (answer.status !== 'read') return withoutDate(answer);
  const parsed = isObject(answer.body) ? parse(answer.body) : null;
  if (parsed) return { status: 'read', ...parsed };
  return notAnObject(path);
}

/** What is answered by something else than an API server. */
export function notAnObject(path: string): Refusal {
  return {
    status: 'failed',
    reason: 'not-kubernetes',
    message: `the answer to GET ${path} is not a Kubernetes object`,
  };
}

function withoutDate({ date: _, ...refusal }: Refusal & { date?: string }): Refusal {
  return refusal as Refusal;
}

/** One Kubernetes object. */
export function objectBody<T>(body: JsonObject): Parsed<T> {
  return typeof body.kind === 'string' && isNamed(body) ? { value: body as T } : null;
}

/** The answer of `/version`. */
export function versionBody<T>(body: JsonObject): Parsed<T> {
  return typeof body.gitVersion === 'string' ? { value: body as T } : null;
}

/** The items of a list; they get the kind that a typed list leaves out. `partial` when the server had more. */
export function listBody<T>(body: JsonObject): Parsed<T[]> {
  const { kind, apiVersion, items } = body;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !(Array.isArray(items) || items == null)) return null;
  const objects = (items ?? []).filter(isNamed);
  const nameless = (items ?? []).length - objects.length;
  return {
    value: objects.map((item) => ({ kind: kind.slice(0, -'List'.length), apiVersion, ...item }) as T),
    ...(isCutShort(body) && { partial: true, rest: rest(body) }),
    ...(nameless > 0 && { odd: [`${nameless} without a name`] }),
  };
}

/** How many objects a list has in all, from its first item and the count of the rest. */
export function countBody(body: JsonObject): Parsed<number> {
  const items = listBody(body);
  return items && { value: items.value.length + remaining(body) };
}

/** A Table of nodes, its columns found by name. */
export function nodeOverviewBody(body: JsonObject): Parsed<NodeOverview> {
  const { columnDefinitions, rows } = body;
  if (!Array.isArray(columnDefinitions) || !(Array.isArray(rows) || rows == null)) return null;
  const names = columnDefinitions.map((column) => (isObject(column) ? column.name : null));
  const [name, status, roles] = ['Name', 'Status', 'Roles'].map((column) => names.indexOf(column));
  const cells = (rows ?? []).flatMap((row) => (isObject(row) && Array.isArray(row.cells) ? [row.cells] : []));
  const nodes = cells.map((cell) => ({ name: text(cell, name), status: text(cell, status), roles: text(cell, roles) }));
  const value = { total: nodes.length + remaining(body), nodes };
  return isCutShort(body) ? { value, partial: true } : { value };
}

function text(cells: unknown[], column: number | undefined): string {
  return String(cells[column ?? -1] ?? '');
}

function isCutShort(body: JsonObject): boolean {
  return rest(body) !== '';
}

function rest({ metadata }: JsonObject): string {
  return isObject(metadata) && typeof metadata.continue === 'string' ? metadata.continue : '';
}

function remaining({ metadata }: JsonObject): number {
  return isObject(metadata) && Number.isSafeInteger(metadata.remainingItemCount)
    ? Math.max(0, Number(metadata.remainingItemCount))
    : 0;
}

/** Every object that is stored has a name. */
function isNamed(value: unknown): value is JsonObject {
  return isObject(value) && isObject(value.metadata) && typeof value.metadata.name === 'string';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
