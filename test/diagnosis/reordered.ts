import type { Archive } from '../../src/archive/archive.ts';

/** Lists inside an object whose order says nothing. */
const UNORDERED = new Set([
  'conditions',
  'containerStatuses',
  'endpoints',
  'managedFields',
  'ownerReferences',
  'subjects',
  'taints',
  'webhooks',
]);

/** The same objects, and the items of lists in them, in another order. */
export function reordered(archive: Archive, seed: number): Archive {
  const next = numbersFrom(seed);
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, key: next() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ item }) => item);
  const inside = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => inside(item, ''));
      return UNORDERED.has(key) ? shuffled(items) : items;
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inside(inner, name)]));
  };
  return { ...archive, objects: shuffled(archive.objects).map((one) => inside(one, '') as typeof one) };
}

/** Numbers without a pattern, always the same ones for one seed (a linear congruential generator, as C's rand). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state >> 8;
  };
}
