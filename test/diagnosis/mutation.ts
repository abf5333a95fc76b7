import fc from 'fast-check';
import type { Archive } from '../../src/archive/archive.ts';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';

/** One thing done to recorded objects. Numbers choose among what is there, whatever there is of it. */
export type Mutation =
  | { do: 'drop'; object: number }
  | { do: 'repeat'; object: number; field: number }
  | { do: 'remove'; object: number; field: number }
  | { do: 'set'; object: number; field: number; value: string };

/** What no API server writes, by a name that fits into a message. */
const VALUES: Record<string, unknown> = {
  null: null,
  'a number': 7,
  'a negative number': -3,
  'a huge number': Number.MAX_SAFE_INTEGER,
  'a fraction': 0.5,
  'an infinite number': Number.POSITIVE_INFINITY,
  true: true,
  false: false,
  'an empty text': '',
  'an unknown word': 'Wibble',
  'a long text': 'virt-operator, ('.repeat(10_000),
  'control characters': '\u001b[2J\u0000\u202e\ud800\n\tx',
  'a future time': '2199-01-01T00:00:00Z',
  'the zero time': '0001-01-01T00:00:00Z',
  'a garbled time': '31st of Foo',
  'a list': ['x'],
  'an empty list': [],
  'a list of null': [null],
  'a list of lists': [[{}]],
  'an empty object': {},
  'an object': { type: 'Ready', status: 'True', name: 7 },
};

const index = fc.nat(1_000_000);

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), object: index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), object: index, field: index }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('remove' as const), object: index, field: index }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('set' as const),
      object: index,
      field: index,
      value: fc.constantFrom(...Object.keys(VALUES)),
    }),
  },
);

/** The archive after all of these, and each of them in words. */
export function mutated(archive: Archive, mutations: readonly Mutation[]): { archive: Archive; said: string[] } {
  const said: string[] = [];
  const objects = mutations.reduce<KubernetesObject[]>((left, one) => {
    if (left.length === 0) return left;
    const at = one.object % left.length;
    const { kind, metadata } = left[at] as KubernetesObject;
    const name = `${kind}/${metadata?.name}`;
    if (one.do === 'drop') {
      said.push(`${name} is gone`);
      return left.toSpliced(at, 1);
    }
    const [changed, words] = changedObject(left[at] as KubernetesObject, one);
    said.push(`${name} ${words}`);
    return left.with(at, changed);
  }, archive.objects);
  return { archive: { ...archive, objects }, said };
}

function changedObject(object: KubernetesObject, one: Exclude<Mutation, { do: 'drop' }>): [KubernetesObject, string] {
  const copy = structuredClone(object);
  const all = places(copy, one.do === 'repeat');
  const { parent, key, path } = all[one.field % Math.max(1, all.length)] ?? {};
  if (!parent || key === undefined) return [object, 'stays'];
  if (one.do === 'repeat') {
    const items = parent[key] as unknown[];
    parent[key] = [...items, ...structuredClone(items)];
    return [copy, `has the items of ${path} twice`];
  }
  if (one.do === 'remove') {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
    return [copy, `has no ${path}`];
  }
  parent[key] = structuredClone(VALUES[one.value]);
  return [copy, `has ${one.value} as ${path}`];
}

interface Place {
  parent: Record<string, unknown>;
  key: string;
  path: string;
}

/** Every field of an object, what says its type aside; only lists where those are wanted. */
function places(value: unknown, onlyLists: boolean, path = ''): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (here === 'kind' || here === 'apiVersion' || key === 'fieldsV1') return [];
    const place = { parent: value as Record<string, unknown>, key, path: here };
    return [...(onlyLists && !Array.isArray(inner) ? [] : [place]), ...places(inner, onlyLists, here)];
  });
}
