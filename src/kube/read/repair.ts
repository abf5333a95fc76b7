import { SHAPES } from './shapes.ts';

/** No text of Kubernetes is longer (a condition's message, the longest, is at most 32 KiB: apimachinery pkg/apis/meta/v1/types.go). */
const MOST_TEXT = 32 * 1024;
const TAIL = 8 * 1024;
/** RFC 3339, as the API server writes times. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

/** What a value became, and where it was not as its shape says. */
export interface Repaired<T> {
  /** null when the whole of it was not. */
  value: T | null;
  odd: string[];
}

/** Leaves out what this stands for. */
const NOTHING = Symbol('nothing');
type Outcome = unknown | typeof NOTHING;
type Note = (path: string) => void;

/**
 * An object (or a list of them) as Kubernetes would have written it: a field of the wrong type is left out as if it were missing,
 * items that are none are dropped, texts have an end. Fields that no shape knows stay. So nothing behind the reading
 * room ever meets a type that the compiler does not know of.
 */
export function repair<T>(value: T, shape: string): Repaired<T> {
  const odd = new Set<string>();
  const repaired = checked(value, Array.isArray(value) ? `[]${shape}` : shape, '', (path) => odd.add(path));
  return { value: repaired === NOTHING ? null : (repaired as T), odd: [...odd] };
}

function checked(value: unknown, shape: string, path: string, note: Note): Outcome {
  if (value === null || value === undefined) return value;
  const good = whole(value, shape, path, note);
  if (good === NOTHING) note(path);
  return good;
}

function whole(value: unknown, shape: string, path: string, note: Note): Outcome {
  if (shape.startsWith('[]')) return list(value, shape.slice(2), path, note);
  if (shape.startsWith('{}')) return map(value, shape.slice(2), path, note);
  return single(value, shape, path, note);
}

function list(value: unknown, shape: string, path: string, note: Note): Outcome {
  if (!Array.isArray(value)) return NOTHING;
  return value.flatMap((item) => {
    const good = checked(item, shape, `${path}[${nameIn(item)}]`, note);
    return good === NOTHING || good === null ? [] : [good];
  });
}

/** A quantity or label that a person wrote without quotes is still meant as text. */
function map(value: unknown, shape: string, path: string, note: Note): Outcome {
  if (!isRecord(value)) return NOTHING;
  const loose = (inner: unknown) =>
    shape === 'text' && (typeof inner === 'number' || typeof inner === 'boolean') ? String(inner) : inner;
  return record(value, (key, inner) => checked(loose(inner), shape, `${path}[${key}]`, note));
}

function single(value: unknown, shape: string, path: string, note: Note): Outcome {
  switch (shape) {
    case 'any':
      return typeof value === 'string' ? short(value) : value;
    case 'text':
      return typeof value === 'string' ? short(value) : NOTHING;
    case 'boolean':
      return typeof value === 'boolean' ? value : NOTHING;
    case 'number':
      return Number.isFinite(value) ? value : NOTHING;
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? value : NOTHING;
    case 'time':
      return time(value);
    default:
      return struct(value, shape, path, note);
  }
}

/** Go writes a time that is not set as the first second of year 1. */
function time(value: unknown): Outcome {
  if (typeof value !== 'string' || !TIME.test(value)) return NOTHING;
  const milliseconds = Date.parse(value);
  if (Number.isNaN(milliseconds)) return NOTHING;
  return milliseconds > 0 ? value : null;
}

function struct(value: unknown, shape: string, path: string, note: Note): Outcome {
  if (!isRecord(value)) return NOTHING;
  const names = shape.split('|');
  const name = names.length > 1 ? (names.find((one) => one === value.kind) ?? 'KubernetesObject') : shape;
  const fields = SHAPES[name] ?? {};
  return record(value, (key, inner) => {
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    return field === undefined ? inner : checked(inner, field, path === '' ? key : `${path}.${key}`, note);
  });
}

function record(value: Record<string, unknown>, each: (key: string, inner: unknown) => Outcome): unknown {
  const entries = Object.entries(value).map(([key, inner]) => [key, each(key, inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== NOTHING));
}

/** Text with both its ends, and no half characters: those cannot be asked for by name, nor be printed. */
function short(text: string): string {
  const cut = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT - TAIL)} … ${text.slice(-TAIL)}` : text;
  return cut.toWellFormed();
}

/** What tells an item from its neighbours: a place in the list would depend on its order. */
function nameIn(item: unknown): string {
  const { metadata, name, type } = isRecord(item) ? item : {};
  const own = isRecord(metadata) ? metadata.name : (name ?? type);
  return typeof own === 'string' ? own : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
