/** The items of a list that may be missing or malformed: never throws, drops null items. */
export function list<T>(items: readonly (T | null | undefined)[] | null | undefined): T[] {
  return Array.isArray(items) ? items.filter((item): item is T => item !== null && item !== undefined) : [];
}
