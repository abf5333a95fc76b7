import * as assert from 'uvu/assert';
import { askArchive } from '../../src/archive/store.ts';
import { gather } from '../../src/kube/read/gather.ts';
import { archiveOf, healthyCluster, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('odd objects');
const cluster = { context: null, server: null, user: null };
const ODD = [null, 5, 'x', [], [null], {}];

/** The paths of all fields below an object, its type aside. */
function paths(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]));
  return [...(path.length > 0 ? [path] : []), ...below];
}

/** A copy of an object with one field replaced. */
function replaced(object: TestObject, path: string[], value: unknown): TestObject {
  const copy = structuredClone(object);
  const parent = path.slice(0, -1).reduce((inner: Record<string, unknown>, key) => inner[key] as typeof inner, copy);
  parent[path.at(-1) ?? ''] = value;
  return copy;
}

for (const kind of ['Deployment', 'ReplicaSet', 'Pod', 'KubeVirt', 'Lease', 'Node', 'Namespace']) {
  test(`no odd field of a ${kind} stops the reading`, async () => {
    const objects = healthyCluster();
    const index = objects.findIndex((one) => one.kind === kind);
    const original = objects[index] as TestObject;
    const fields = paths(original).filter(([first]) => first !== 'kind' && first !== 'apiVersion');
    for (const path of fields) {
      for (const value of ODD) {
        const odd = objects.with(index, replaced(original, path, value));
        const { readAt } = await gather(askArchive(archiveOf(odd)), { cluster }).catch((error: Error) => {
          throw new Error(`${path.join('.')} = ${JSON.stringify(value)}: ${error.message}`, { cause: error });
        });
        assert.ok(readAt);
      }
    }
  });
}

test.run();
