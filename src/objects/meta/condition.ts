import { list } from './list.ts';

interface Typed {
  type?: string | null;
}

/** The condition of one type, found by name and never by position; the last one wins should there be two. */
export function condition<T extends Typed>(conditions: readonly T[] | null | undefined, type: string): T | null {
  return list(conditions).findLast((one) => one.type === type) ?? null;
}
