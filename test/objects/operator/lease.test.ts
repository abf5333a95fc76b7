import * as assert from 'uvu/assert';
import type { Lease, Pod } from '../../../src/model/kubernetes.ts';
import { leaderState } from '../../../src/objects/operator/leader.ts';
import { leaseState, leaseText } from '../../../src/objects/operator/lease.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('leases');

function lease(secondsAgo: number | null, holderIdentity: string | null = 'a', leaseDurationSeconds = 15): Lease {
  const renewTime = secondsAgo === null ? null : new Date(Date.parse(READ_AT) - secondsAgo * 1000).toISOString();
  return { spec: { holderIdentity, leaseDurationSeconds, renewTime } };
}

const cases: [string, Lease | null, { alive: boolean; late: boolean; dead: boolean }][] = [
  ['just renewed', lease(1), { alive: true, late: false, dead: false }],
  ['renewals missed', lease(12), { alive: true, late: true, dead: false }],
  ['expired, a hand-over may be under way', lease(30), { alive: false, late: true, dead: false }],
  ['three durations without renewal', lease(46), { alive: false, late: true, dead: true }],
  ['a renewal from a clock that runs ahead', lease(-3), { alive: true, late: false, dead: false }],
  ['given up a moment ago', lease(2, '', 1), { alive: false, late: true, dead: false }],
  ['given up long ago', lease(60, '', 1), { alive: false, late: true, dead: true }],
  ['a long duration of its own', lease(50, 'a', 60), { alive: true, late: true, dead: false }],
  ['never renewed', lease(null), { alive: false, late: true, dead: true }],
  ['no lease at all', null, { alive: false, late: true, dead: true }],
];

for (const [name, object, expected] of cases) {
  test(name, () => {
    const { alive, late, dead } = leaseState(object, READ_AT);
    assert.equal({ alive, late, dead }, expected);
  });
}

test('it reads as one phrase', () => {
  assert.is(leaseText(leaseState(lease(95), READ_AT)), 'last held by a, not renewed for 95s');
  assert.is(leaseText(leaseState(lease(3), READ_AT)), 'last held by a, renewed 3s ago');
  assert.is(leaseText(leaseState(lease(-1), READ_AT)), 'last held by a, renewed 0s ago');
  assert.is(leaseText(leaseState(lease(null, null), READ_AT)), 'held by nobody, never renewed');
});

const pod = (name: string, more: Pod = {}): Pod => ({ metadata: { name }, ...more });

const leaders: [string, Pod[] | null | undefined, boolean][] = [
  ['its holder is an operator pod', [pod('a')], true],
  ['its holder is being deleted and still leads', [{ metadata: { name: 'a', deletionTimestamp: READ_AT } }], true],
  ['its holder is gone', [pod('b')], false],
  ['its holder has finished', [pod('a', { status: { phase: 'Failed' } })], false],
  ['a pod with that host name', [pod('b', { spec: { hostname: 'a' } })], true],
  ['a pod on the network of that node', [pod('b', { spec: { hostNetwork: true, nodeName: 'a' } })], true],
  ['a pod that merely runs on that node', [pod('b', { spec: { nodeName: 'a' } })], false],
  ['no pods', [], false],
  ['pods that could not be read', undefined, true],
];

for (const [name, pods, alive] of leaders) {
  test(`a lease is ${alive ? 'alive' : 'not alive'}: ${name}`, () =>
    assert.is(leaderState(lease(1), pods, READ_AT).alive, alive));
}

test.run();
