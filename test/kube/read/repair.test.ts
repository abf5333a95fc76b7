import * as assert from 'uvu/assert';
import { repair } from '../../../src/kube/read/repair.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('repair');
const pod = (status: unknown) => ({ kind: 'Pod', metadata: { name: 'a' }, status });

const CASES: [name: string, status: unknown, repaired: unknown, odd: string[]][] = [
  ['a good field stays', { phase: 'Running' }, { phase: 'Running' }, []],
  ['null is as good as nothing', { phase: null, conditions: null }, { phase: null, conditions: null }, []],
  ['a field that no shape knows stays', { inNextRelease: [1] }, { inNextRelease: [1] }, []],
  ['text', { phase: 7 }, {}, ['status.phase']],
  ['an object', 'Running', undefined, ['status']],
  ['a list', { conditions: { type: 'Ready' } }, {}, ['status.conditions']],
  [
    'an item',
    { conditions: [null, 7, { type: 'Ready' }] },
    { conditions: [{ type: 'Ready' }] },
    ['status.conditions[]'],
  ],
  [
    'a count below zero',
    { containerStatuses: [{ name: 'x', restartCount: -1 }] },
    { containerStatuses: [{ name: 'x' }] },
    ['status.containerStatuses[x].restartCount'],
  ],
  ['a garbled time', { startTime: 'yesterday' }, {}, ['status.startTime']],
  ['a time that is not set', { startTime: '0001-01-01T00:00:00Z' }, { startTime: null }, []],
  ['half a character', { message: 'a\ud800' }, { message: 'a\ufffd' }, []],
];

for (const [name, status, repaired, odd] of CASES) {
  test(name, () => {
    const expected = repaired === undefined ? { kind: 'Pod', metadata: { name: 'a' } } : pod(repaired);
    assert.equal(repair(pod(status), 'Pod'), { value: expected, odd });
  });
}

test('quantities and labels without quotes are text', () => {
  const labels = { a: 1, b: true, c: {} };
  const { value, odd } = repair({ metadata: { name: 'a', labels } }, 'Pod');
  assert.equal(value?.metadata.labels as unknown, { a: '1', b: 'true' });
  assert.equal(odd, ['metadata.labels[c]']);
});

test('a long text keeps both its ends', () => {
  const { value } = repair<unknown>(pod({ message: `begin${'x'.repeat(5_000_000)}end` }), 'Pod');
  const { message } = (value as { status: { message: string } }).status;
  assert.match(message, /^begin.*end$/);
  assert.ok(message.length < 40_000);
});

test('an object that may be of two kinds says which', () => {
  const binding = { kind: 'ClusterRoleBinding', subjects: 7, rules: 7 };
  assert.equal(repair(binding, 'ClusterRole|ClusterRoleBinding').odd, ['subjects']);
  assert.equal(repair({ kind: 'Wibble', subjects: 7, metadata: 7 }, 'ClusterRole|ClusterRoleBinding').odd, [
    'metadata',
  ]);
});

test('what is nothing of the kind is null', () => {
  assert.equal(repair<unknown>('a page', 'Pod'), { value: null, odd: [''] });
});

test.run();
