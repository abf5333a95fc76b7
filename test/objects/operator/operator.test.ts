import * as assert from 'uvu/assert';
import type { Deployment, Pod, PodTemplate, ReplicaSet } from '../../../src/model/kubernetes.ts';
import { operatorOf, uncreatedGaps, workloadGaps } from '../../../src/objects/operator/operator.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('operator');
const NEW: PodTemplate = { metadata: { labels: { app: 'x' } }, spec: { serviceAccountName: 'new' } };
const OLD: PodTemplate = { metadata: { labels: { app: 'x' } }, spec: { serviceAccountName: 'old' } };

const owner = (kind: string, uid: string) => [{ apiVersion: 'apps/v1', kind, name: uid, uid, controller: true }];
const deployment = (replicas: number | null, more: Deployment['metadata'] = {}): Deployment => ({
  metadata: { uid: 'd', ...more },
  spec: { replicas, template: NEW },
});
const replicaSet = (uid: string, replicas: number, template: PodTemplate): ReplicaSet => ({
  metadata: { name: uid, uid, ownerReferences: owner('Deployment', 'd') },
  spec: { replicas, template },
});
const pod = (name: string, rs = 'new', status: object = {}, metadata: object = {}): Pod => ({
  metadata: { name, ownerReferences: owner('ReplicaSet', rs), ...metadata },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], ...status },
});
const current = replicaSet('new', 2, NEW);
const names = (pods: Pod[]) => pods.map(({ metadata }) => metadata?.name);

test('pods are related by owner, not by label or name', () => {
  const stranger = { ...pod('virt-operator-x'), metadata: { name: 'virt-operator-x' } };
  const merelyOwned = pod(
    'owned',
    'new',
    {},
    { ownerReferences: [{ ...owner('ReplicaSet', 'new')[0], controller: false }] },
  );
  const ofAnother = replicaSet('other', 2, NEW);
  const foreign = {
    ...ofAnother,
    metadata: { ...ofAnother.metadata, ownerReferences: owner('Deployment', 'else') },
  } as ReplicaSet;
  const operator = operatorOf({
    deployment: deployment(2),
    replicaSets: [current, foreign],
    pods: [pod('a'), stranger, merelyOwned, pod('b', 'other')],
  });
  assert.equal([names(operator.pods), operator.replicaSets.length, operator.uncreated], [['a'], 1, 1]);
});

test('finished pods and pods that are being deleted do not count', () => {
  const gone = [
    pod('f', 'new', { phase: 'Failed' }),
    pod('s', 'new', { phase: 'Succeeded' }),
    pod('t', 'new', {}, { deletionTimestamp: '2026-03-01T02:00:00Z' }),
  ];
  const operator = operatorOf({ deployment: deployment(2), replicaSets: [current], pods: [...gone, pod('a')] });
  assert.equal([names(operator.pods), uncreatedGaps(operator)], [['a'], ['uncreated/0']]);
});

test('ready means Running with the condition', () => {
  const pods = [
    pod('a'),
    pod('b', 'new', { conditions: [{ type: 'Ready', status: 'False' }] }),
    pod('c', 'new', { phase: 'Pending' }),
    pod('d', 'new', { conditions: null }),
  ];
  const operator = operatorOf({ deployment: deployment(4), replicaSets: [replicaSet('new', 4, NEW)], pods });
  assert.equal([names(operator.ready), names(operator.unready)], [['a'], ['b', 'c', 'd']]);
  assert.equal(workloadGaps(operator), ['pod/b', 'pod/c', 'pod/d']);
});

test('one replica is asked for where the number is missing', () => {
  assert.is(operatorOf({ deployment: deployment(null), replicaSets: [], pods: [] }).desired, 1);
});

const ok = [pod('a'), pod('b')];
const zero = deployment(0);
const gaps: [string, Parameters<typeof operatorOf>[0], string[]][] = [
  ['everything there', { deployment: deployment(2), replicaSets: [current], pods: ok }, []],
  ['no pods', { deployment: deployment(2), replicaSets: [current], pods: [] }, ['uncreated/0', 'uncreated/1']],
  [
    'no ReplicaSet yet',
    { deployment: deployment(2), replicaSets: [], pods: [] },
    ['uncreated/0', 'uncreated/1', 'rollout'],
  ],
  [
    'a template without a ReplicaSet',
    { deployment: deployment(2), replicaSets: [replicaSet('old', 2, OLD)], pods: [pod('a', 'old'), pod('b', 'old')] },
    ['rollout'],
  ],
  [
    'a roll-out whose new pod is not made',
    {
      deployment: deployment(2),
      replicaSets: [replicaSet('old', 2, OLD), replicaSet('new', 1, NEW)],
      pods: [pod('a', 'old'), pod('b', 'old')],
    },
    ['uncreated/0'],
  ],
  [
    'a roll-out whose new pod is not ready',
    {
      deployment: deployment(2),
      replicaSets: [replicaSet('old', 2, OLD), replicaSet('new', 1, NEW)],
      pods: [pod('a', 'old'), pod('b', 'old'), pod('c', 'new', { phase: 'Pending' })],
    },
    ['pod/c'],
  ],
  [
    'a ReplicaSet that was not scaled up yet',
    { deployment: deployment(2), replicaSets: [replicaSet('new', 0, NEW)], pods: [] },
    ['uncreated/0', 'uncreated/1'],
  ],
  ['more pods than asked', { deployment: deployment(1), replicaSets: [replicaSet('new', 1, NEW)], pods: ok }, []],
  ['scaled to zero', { deployment: zero, replicaSets: [replicaSet('new', 0, NEW)], pods: [] }, ['operator']],
  ['scaled to zero, pods still there', { deployment: zero, replicaSets: [replicaSet('new', 0, NEW)], pods: ok }, []],
  ['no Deployment', { deployment: null, replicaSets: [], pods: [] }, ['operator']],
  ['no Deployment, orphaned pods', { deployment: null, replicaSets: [], pods: ok }, ['operator']],
  ['a Deployment that could not be read, and pods', { deployment: undefined, replicaSets: [], pods: ok }, []],
  [
    'a Deployment that could not be read, and no pods',
    { deployment: undefined, replicaSets: [], pods: [] },
    ['operator'],
  ],
];

for (const [name, reads, expected] of gaps)
  test(`gaps: ${name}`, () => assert.equal(workloadGaps(operatorOf(reads)), expected));

test('where ReplicaSets could not be read, pods of any ReplicaSet stand in', () => {
  const job = pod('job', 'j', {}, { ownerReferences: owner('Job', 'j') });
  const { pods, exists } = operatorOf({ deployment: deployment(2), replicaSets: undefined, pods: [pod('a'), job] });
  assert.equal([names(pods), exists], [['a'], true]);
  assert.is(operatorOf({ pods: [] }).exists, null);
});

test.run();
