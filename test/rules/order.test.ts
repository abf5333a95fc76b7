import { readdirSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import type { Evidence, Reads } from '../../src/model/evidence.ts';
import { RUNGS } from '../../src/model/rung.ts';
import { rules } from '../../src/rules/index.ts';
import type { TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import {
  crashingPod,
  evidenceOf,
  failedCreate,
  installed,
  patched,
  pendingPod,
  pullFailingPod,
  without,
} from './outage.ts';

const test = suite('order of rules and lists');
const noPods = without(installed(), 'Pod');
const UNREACHABLE = 'Error: Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: i/o timeout';

const CLUSTERS: Record<string, TestObject[]> = {
  healthy: installed(),
  'two crashing pods': [
    ...noPods,
    crashingPod('virt-operator-1-a', { message: UNREACHABLE }),
    crashingPod('virt-operator-1-b', { message: UNREACHABLE }, 'cp-1'),
  ],
  'pods with a cause each': [
    ...noPods,
    pullFailingPod('virt-operator-1-a', 'manifest unknown'),
    pullFailingPod('virt-operator-1-b', '401 Unauthorized'),
  ],
  'cordoned nodes': patched([...noPods, pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')], 'Node', {
    spec: { unschedulable: true },
  }),
  'events of one second': [
    ...without(noPods, 'ServiceAccount'),
    failedCreate('no PriorityClass with name x was found', '2026-03-01T02:59:00Z', 'e1'),
    failedCreate('exceeded quota: q, requested: pods=1, used: pods=2, limited: pods=2', '2026-03-01T02:59:00Z', 'e2'),
  ],
};

/** The same evidence with every list in the opposite order. */
function reversed(evidence: Evidence): Evidence {
  const entries = Object.entries(evidence.reads).map(([key, read]) => {
    const value: unknown = read.status === 'read' ? read.value : null;
    return [key, Array.isArray(value) ? { ...read, value: value.toReversed() } : read];
  });
  return { ...evidence, reads: Object.fromEntries(entries) as Reads };
}

for (const [name, objects] of Object.entries(CLUSTERS)) {
  test(`${name}: neither the order of rules nor that of lists matters`, async () => {
    const evidence = await evidenceOf(objects);
    const { operator: _, ...expected } = diagnose(evidence, rules);
    for (const [some, given] of [
      [rules.toReversed(), evidence],
      [rules, reversed(evidence)],
    ] as const) {
      const { operator: __, ...actual } = diagnose(given, some);
      assert.equal(actual, expected);
    }
  });
}

test('the code of a rule is its file name', () => {
  const folder = new URL('../../src/rules/', import.meta.url);
  const files = readdirSync(folder)
    .filter((file) => file !== 'index.ts')
    .map((file) => file.replace(/\.ts$/, ''));
  assert.equal(rules.map(({ code }) => code).sort(), files.sort());
});

test('every rule has its texts, each on one line', () => {
  for (const { code, rung, meaning, impact, remedy } of rules) {
    assert.ok(RUNGS.includes(rung), code);
    for (const text of [meaning, impact, remedy]) assert.match(text, /^\S.*[.)]$/, code);
  }
});

test.run();
