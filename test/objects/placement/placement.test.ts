import * as assert from 'uvu/assert';
import type { Node, Pod, PodSpec } from '../../../src/model/kubernetes.ts';
import { type BlockedPlacement, blockedPlacements } from '../../../src/objects/placement/blocked-placement.ts';
import { obstructed, share, sureness } from '../../../src/objects/placement/obstructed.ts';
import { candidates, nodesToLookInto } from '../../../src/objects/placement/placement.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('placement');
const spec: PodSpec = {
  nodeSelector: { role: 'cp' },
  containers: [{ name: 'virt-operator', resources: { requests: { memory: '450Mi' } } }],
};

function node(
  name: string,
  more: { unschedulable?: boolean; taints?: object[]; ready?: string; memory?: string; pressure?: string } = {},
): Node {
  const { unschedulable = false, taints = [], ready = 'True', memory = '8Gi', pressure = 'PIDPressure' } = more;
  const pressed = { type: pressure, status: more.pressure ? 'True' : 'False' };
  const status = { conditions: [{ type: 'Ready', status: ready }, pressed], allocatable: { memory } };
  return { metadata: { name, labels: { role: 'cp' } }, spec: { unschedulable, taints }, status } as Node;
}

const READ = { pods: [], on: ['a'] };
const taint = (key: string, effect = 'NoSchedule') => ({ key, effect });
const DISK = taint('node.kubernetes.io/disk-pressure');
const UNREACHABLE = taint('node.kubernetes.io/unreachable');

const cases: [string, Node, string[]][] = [
  ['sound', node('a'), []],
  ['cordoned', node('a', { unschedulable: true }), ['cordoned']],
  [
    'cordoned, by its taint too',
    node('a', { unschedulable: true, taints: [taint('node.kubernetes.io/unschedulable')] }),
    ['cordoned'],
  ],
  ['dead, whose taints follow from that', node('a', { ready: 'Unknown', taints: [UNREACHABLE] }), ['kubelet-stopped']],
  ['dead and cordoned', node('a', { ready: 'Unknown', unschedulable: true }), ['kubelet-stopped', 'cordoned']],
  ['not ready', node('a', { ready: 'False', taints: [taint('node.kubernetes.io/not-ready')] }), ['not-ready']],
  ['tainted not ready, which it does not say itself', node('a', { taints: [UNREACHABLE] }), ['liveness-taint']],
  ['cut off', node('a', { taints: [taint('node.kubernetes.io/network-unavailable')] }), ['network-unavailable']],
  ['under pressure', node('a', { pressure: 'DiskPressure', taints: [DISK] }), ['pressure']],
  ['no longer under pressure', node('a', { taints: [DISK] }), ['pressure-taint']],
  ['under pressure without a taint', node('a', { pressure: 'DiskPressure' }), []],
  ['tainted', node('a', { taints: [taint('dedicated')] }), ['taint']],
  ['a taint that only prefers', node('a', { taints: [taint('dedicated', 'PreferNoSchedule')] }), []],
  ['full', node('a', { memory: '256Mi' }), ['shortage']],
  [
    'all at once, roots first',
    node('a', { unschedulable: true, taints: [taint('dedicated')], memory: '1Mi' }),
    ['cordoned', 'taint', 'shortage'],
  ],
];

for (const [name, one, kinds] of cases) {
  test(`a node that is ${name}`, () => {
    assert.equal(
      candidates({ spec }, [one], READ).map(({ obstacles }) => obstacles.map(({ kind }) => kind)),
      [kinds],
    );
  });
}

test('only nodes that the affinity admits are candidates, by name', () => {
  const worker = { ...node('w'), metadata: { name: 'w', labels: {} } };
  assert.equal(
    candidates({ spec }, [node('b'), worker, node('a')], { pods: null, on: [] }).map(({ name }) => name),
    ['a', 'b'],
  );
});

const crowd = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => node(name));

test('the pods of the first five candidates are looked at, those first on which nothing else stands in the way', () => {
  assert.equal(nodesToLookInto([{ spec }], crowd.toReversed()), ['a', 'b', 'c', 'd', 'e']);
  const some = [node('a', { unschedulable: true }), ...crowd.slice(1)];
  assert.equal(nodesToLookInto([{ spec }], some), ['b', 'c', 'd', 'e', 'f']);
});

test('a candidate whose pods were not read is not known, and never free', () => {
  const kinds = (others: Pod[] | undefined) =>
    candidates({ spec }, crowd, { pods: others, on: nodesToLookInto([{ spec }], crowd) }).map(({ obstacles }) =>
      obstacles.map(({ kind }) => kind).join(),
    );
  assert.equal(kinds([]), ['', '', '', '', '', 'unknown', 'unknown']);
  assert.equal(kinds(undefined), ['', '', '', '', '', '', '']);
});

test('pods that must be near others could go nowhere, or anywhere', () => {
  const term = { labelSelector: { matchLabels: { app: 'db' } }, topologyKey: 'zone' };
  const near = { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } };
  const kinds = candidates({ spec: { ...spec, affinity: near } }, [node('a')], READ).map(({ obstacles }) => obstacles);
  assert.equal(kinds, [[{ kind: 'unknown' }]]);
});

function pending(name: string, reason = 'Unschedulable', nodeName?: string): Pod {
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'r', controller: true }];
  const conditions = [
    {
      type: 'PodScheduled',
      status: 'False',
      reason,
      message: '0/2 nodes: Insufficient memory',
      lastTransitionTime: '2026-03-01T02:00:00Z',
    },
  ];
  return {
    metadata: { name, ownerReferences },
    spec: { ...spec, ...(nodeName && { nodeName }) },
    status: { phase: 'Pending', conditions },
  };
}

const waiting = [pending('a'), pending('b')];

function blockedPlacement(pods: Pod[], nodes: Node[] | null, nodePods: Pod[]): BlockedPlacement | null {
  return blockedPlacements({ pods, nodes, nodePods })[0] ?? null;
}

test('pods are blocked when every candidate has an obstacle', () => {
  const blocked = blockedPlacement(waiting, [node('a', { unschedulable: true }), node('b', { memory: '1Mi' })], []);
  assert.equal([blocked?.gaps, blocked?.since], [['pod/a', 'pod/b'], '2026-03-01T02:00:00Z']);
  assert.equal(blocked?.words, [
    { text: '0/2 nodes: Insufficient memory', source: 'pod/a status.conditions[PodScheduled]' },
  ]);
  const cordoned = blocked && obstructed(blocked, 'cordoned');
  assert.equal([cordoned?.names, cordoned?.explains, cordoned?.next], [['a'], ['pod/a', 'pod/b'], false]);
});

test('an obstacle behind another one on every node is not the first to mend', () => {
  const blocked = blockedPlacement(waiting, [node('a', { ready: 'Unknown', unschedulable: true })], []);
  const cordoned = blocked && obstructed(blocked, 'cordoned');
  assert.equal([cordoned?.explains, cordoned?.next], [[], true]);
});

test('nothing is blocked while a candidate is free, a pod is placed, gated or unseen, or nodes are unread', () => {
  const full = [node('a', { unschedulable: true })];
  assert.is(blockedPlacement(waiting, [...full, node('b')], []), null);
  assert.is(blockedPlacement(waiting, null, []), null);
  for (const pod of [
    pending('a', 'SchedulingGated'),
    pending('a', 'SchedulerError'),
    pending('a', 'Unschedulable', 'n'),
  ]) {
    assert.is(blockedPlacement([pod], full, []), null);
  }
});

test('what stands in the way is only likely where some candidate is not known', () => {
  const full = (count: number) =>
    crowd.slice(0, count).map(({ metadata }) => node(metadata?.name ?? '', { memory: '1Mi' }));
  const sure = (nodes: Node[]) => {
    const blocked = blockedPlacement(waiting, nodes, []);
    return blocked && sureness(blocked);
  };
  assert.is(sure(full(5)), 'certain');
  assert.is(sure([...full(5), ...crowd.slice(5)]), 'likely');
});

test('how many of the candidates are concerned, in words', () => {
  const shares = (count: number, names: string[]) => {
    const nodes = Array.from({ length: count }, (_, index) => node(`n${index}`, { unschedulable: true }));
    const blocked = blockedPlacement(waiting, nodes, []);
    return blocked && share(blocked, names);
  };
  assert.is(shares(1, ['n0']), 'the only node that may run virt-operator');
  assert.is(shares(2, ['n0', 'n1']), 'both nodes that may run virt-operator');
  assert.is(shares(3, ['n0', 'n1', 'n2']), 'all 3 nodes that may run virt-operator');
  assert.is(shares(3, ['n0']), '1 of the 3 nodes that may run virt-operator');
});

test.run();
