import { UserError } from '../../model/errors.ts';
import type { Part } from './template.ts';

interface Nested {
  parts: Part[];
  /** Where what follows begins. */
  end: number;
  isClosed: boolean;
}

/** Puts what stands between `{range …}` and `{end}` into the range. */
export function nest(flat: readonly Part[]): Part[] {
  return nested(flat, 0, false).parts;
}

function nested(flat: readonly Part[], start: number, isInside: boolean): Nested {
  const parts: Part[] = [];
  let at = start;
  for (let part = flat[at]; part !== undefined; part = flat[at]) {
    at++;
    const word = wordOf(part);
    if (word === 'end' && isInside) return { parts, end: at, isClosed: true };
    if (word === 'end') throw new UserError('not in range, nothing to end');
    const next = word === 'range' ? rangeAt(part, flat, at) : { part, end: at };
    parts.push(next.part);
    at = next.end;
  }
  return { parts, end: at, isClosed: false };
}

function wordOf(part: Part): string | null {
  const first = part.kind === 'action' ? part.steps[0] : undefined;
  return first?.kind === 'word' ? first.name : null;
}

function rangeAt(part: Part, flat: readonly Part[], at: number): { part: Part; end: number } {
  const { parts: body, end, isClosed } = nested(flat, at, true);
  const steps = part.kind === 'action' ? part.steps.slice(1) : [];
  return { part: { kind: 'range', steps, body, isClosed }, end };
}
