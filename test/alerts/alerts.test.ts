import * as assert from 'uvu/assert';
import { alertsOf } from '../../src/alerts/alerts.ts';
import type { AlertInput } from '../../src/alerts/input.ts';
import type { AlertItem } from '../../src/model/alert-list.ts';
import type { Pod } from '../../src/model/kubernetes.ts';
import type { Alert } from '../../src/model/report.ts';
import { leaseState } from '../../src/objects/operator/lease.ts';
import { operatorOf } from '../../src/objects/operator/operator.ts';
import { READ_AT } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('alerts');

const pod = (phase: string, ready: boolean): Pod => ({
  metadata: {
    name: 'p',
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'r', controller: true }],
  },
  status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const READY = pod('Running', true);
const CRASHING = pod('Running', false);
const PENDING = pod('Pending', false);

function lease(minutesAgo: number) {
  const renewTime = new Date(Date.parse(READ_AT) - minutesAgo * 60_000).toISOString();
  return leaseState({ spec: { holderIdentity: 'p', leaseDurationSeconds: 15, renewTime } }, READ_AT);
}

/** The alerts of an installed KubeVirt on three nodes, with nothing known of monitoring; a test states what is different. */
function alerts(changes: Partial<AlertInput>): AlertItem[] {
  return alertsOf({
    isInstalled: true,
    namespace: 'kubevirt',
    operator: operatorOf({ pods: [] }),
    pods: [],
    lease: null,
    version: null,
    nodes: 3,
    monitoring: {},
    causeSince: null,
    readAt: READ_AT,
    ...changes,
  }).items;
}

function states(
  version: string | null,
  pods: Pod[] | null,
  more: { lease?: AlertInput['lease']; desired?: number | null } = {},
): Record<string, Alert['state']> {
  const { lease: given = lease(0), desired = 2 } = more;
  const operator = { ...operatorOf({ pods: pods ?? undefined }), desired };
  return Object.fromEntries(alerts({ operator, pods, lease: given, version }).map(({ name, state }) => [name, state]));
}

/** Which of the alerts that objects can decide hold: a letter each, in this order, `?` for unknown. */
const NAMES = {
  VirtOperatorDown: 'D',
  NoReadyVirtOperator: 'R',
  NoLeadingVirtOperator: 'L',
  LowReadyVirtOperatorsCount: 'r',
  LowVirtOperatorCount: 'c',
};

function holding(...given: Parameters<typeof states>): string {
  const found = states(...given);
  const marks: Record<string, string> = { unknown: '?', inactive: '-' };
  const letter = ([name, one]: [string, string]) => marks[found[name] ?? ''] ?? one;
  return Object.entries(NAMES).map(letter).join('');
}

const table: [string, Pod[], Record<string, string>][] = [
  ['two ready pods', [READY, READY], { 'v1.0.0': '-----', 'v1.8.3': '-----', 'v1.9.0': '-----' }],
  ['no pods', [], { 'v1.0.0': 'DR--c', 'v1.8.3': 'DR--c', 'v1.9.0': 'DR--c' }],
  ['two pending pods', [PENDING, PENDING], { 'v1.8.3': 'DR--c', 'v1.9.0': 'DR--c' }],
  [
    'two crashing pods: up to v1.8.3 a scrape fails, from v1.8.4 on the phase is Running',
    [CRASHING, CRASHING],
    { 'v1.0.0': 'DR--c', 'v1.8.2': 'DR-rc', 'v1.8.3': 'DR-rc', 'v1.8.4': '-R--c', 'v1.9.0': '-R--c' },
  ],
  ['one ready, one crashing', [READY, CRASHING], { 'v1.7.0': '----c', 'v1.8.0': '---rc', 'v1.9.0': '---rc' }],
  ['one ready pod', [READY], { 'v1.0.0': '----c', 'v1.9.0': '----c' }],
];

for (const [name, pods, versions] of table) {
  for (const [version, expected] of Object.entries(versions)) {
    test(`${version}, ${name}: ${expected}`, () => assert.is(holding(version, pods), expected));
  }
}

test('without a version only what all versions agree on is known', () => {
  assert.is(holding(null, []), 'DR--c');
  assert.is(holding(null, [CRASHING, CRASHING]), '?R-?c');
  assert.is(holding(null, [READY, READY]), '-----');
});

test('of one desired pod, only older versions ask for two', () => {
  const one = { desired: 1 };
  assert.is(states('v1.6.4', [READY], one).LowVirtOperatorCount, 'pending');
  assert.is(states('v1.7.1', [READY], one).LowVirtOperatorCount, 'pending');
  assert.is(states('v1.6.5', [READY], one).LowVirtOperatorCount, 'inactive');
  assert.is(states('v1.7.2', [READY], one).LowVirtOperatorCount, 'inactive');
});

test('of no desired pods, newer versions divide by zero and stay silent', () => {
  assert.is(states('v1.9.0', [], { desired: 0 }).LowVirtOperatorCount, 'inactive');
  assert.is(states('v1.9.0', [], { desired: 0 }).VirtOperatorDown, 'pending');
});

test('what holds fires once it has held for long enough since the last leader', () => {
  assert.is(states('v1.9.0', [], { lease: lease(5) }).VirtOperatorDown, 'pending');
  assert.is(states('v1.9.0', [], { lease: lease(11) }).VirtOperatorDown, 'firing');
  assert.is(states('v1.9.0', [READY, READY], { lease: lease(11) }).NoLeadingVirtOperator, 'firing');
  assert.is(states('v1.9.0', [], { lease: null }).VirtOperatorDown, 'pending', 'since when is not known');
});

test('the last leader says nothing about how long a pod has been missing', () => {
  assert.is(states('v1.9.0', [READY], { lease: lease(120) }).LowVirtOperatorCount, 'pending');
});

test('no leader is noticed only while a pod exports the metric', () => {
  assert.is(states('v1.9.0', [], { lease: lease(30) }).NoLeadingVirtOperator, 'inactive');
});

test('what was not read is unknown', () => {
  assert.equal(new Set(Object.values(states('v1.9.0', null, { lease: null }))), new Set(['unknown']));
  assert.is(states('v1.9.0', [READY, READY], { lease: null }).NoLeadingVirtOperator, 'unknown');
  assert.is(states('v1.9.0', [READY], { desired: null }).LowVirtOperatorCount, 'unknown');
  assert.is(states('v1.9.0', [READY, READY]).VirtOperatorRESTErrorsBurst, 'unknown');
});

test('where KubeVirt is not installed no alert can fire', () => {
  const operator = operatorOf({ deployment: null, replicaSets: [], pods: [] });
  assert.equal([...new Set(alerts({ isInstalled: false, operator }).map(({ state }) => state))], ['inactive']);
});

test('an outage is no older than the Deployment that was available, or not scaled to 0, until a moment ago', () => {
  const old = lease(60);
  const since = (operator: AlertInput['operator'], causeSince: string | null) =>
    alerts({ operator, lease: old, version: 'v1.9.0', causeSince })[0];
  const conditions = [{ type: 'Available', status: 'False', lastTransitionTime: '2026-03-01T02:59:50Z' }];
  const unavailable = operatorOf({ deployment: { spec: { replicas: 2 }, status: { conditions } }, pods: [] });
  const scaled = operatorOf({ deployment: { spec: { replicas: 0 } }, pods: [] });
  assert.is(since(unavailable, null)?.since, '2026-03-01T02:59:50Z');
  assert.is(since(scaled, '2026-03-01T02:59:40Z')?.since, '2026-03-01T02:59:40Z');
  assert.is(since(scaled, null)?.state, 'firing');
});

test('where the Deployment asks for one replica only, the alert about few of them says so, and what asks for two', () => {
  const deployment = { metadata: { name: 'virt-operator', namespace: 'kubevirt' }, spec: { replicas: 1 } };
  const why = (version: string, desired: number) => {
    const operator = { ...operatorOf({ pods: [READY] }), deployment, desired };
    const items = alerts({ operator, pods: [READY], lease: lease(0), version });
    return items.find(({ name }) => name === 'LowVirtOperatorCount')?.why ?? '';
  };
  assert.match(why('v1.6.4', 1), 'Deployment virt-operator asks for 1 replica only');
  assert.match(why('v1.6.4', 1), 'scale deployment/virt-operator --replicas=2 --current-replicas=1');
  assert.not.match(why('v1.6.4', 2), 'asks for 1 replica');
  assert.not.match(why('v1.9.0', 1), 'asks for 1 replica');
});

test.run();
