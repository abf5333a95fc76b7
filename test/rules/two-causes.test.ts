import * as assert from 'uvu/assert';
import type { KubernetesObject } from '../../src/model/kubernetes.ts';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { failedPod, onBoth, otherPod, saying, tainted, titles } from './nodes.ts';
import { crashingPod, diagnosisOf, installed, patched, pendingPod, pullFailingPod, without } from './outage.ts';

const test = suite('a cause for each replica');
const [A, B] = ['virt-operator-1-a', 'virt-operator-1-b'] as const;
const noPods = without(installed(), 'Pod');
const cordon = { spec: { unschedulable: true } };
const IMAGE = 'quay.io/kubevirt/virt-operator:v1.7.0';
const NOT_FOUND = `failed to resolve reference "${IMAGE}": not found`;
const CRASH = { message: 'Error: Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: i/o timeout' };
const hard = { pods: '2' };
const FULL = object(
  'v1',
  'ResourceQuota',
  { name: 'q', namespace: 'kubevirt' },
  { spec: { hard }, status: { hard, used: hard } },
);

/** The objects, those named changed as pods of an older ReplicaSet with a template of its own. */
function ofOldRevision(objects: readonly TestObject[], name: string, spec: object): TestObject[] {
  const [old] = installed().filter(({ kind }) => kind === 'ReplicaSet') as [TestObject];
  const before = { metadata: { name: 'virt-operator-0', uid: 'r0' }, spec: { replicas: 1, template: { spec } } };
  const ownerReferences = [
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'virt-operator-0', uid: 'r0', controller: true },
  ] as NonNullable<KubernetesObject['metadata']>['ownerReferences'];
  const one = patched(objects, 'ReplicaSet', { spec: { replicas: 1 } });
  return [
    ...patched(one, `Pod/${name}`, { metadata: { ownerReferences }, spec }),
    ...patched([old], 'ReplicaSet', before),
  ];
}

test('scheduling × scheduling: two revisions ask for different nodes', async () => {
  const arm = { nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64' } };
  const cluster = onBoth([...noPods, pendingPod(A), pendingPod(B)], cordon);
  assert.equal(await titles(ofOldRevision(cluster, B, arm)), [
    ['cordoned', `pod ${A}: both nodes that may run virt-operator are cordoned: cp-0, cp-1`],
    [
      'node-selector-mismatch',
      `pod ${B}: no node has the labels that virt-operator asks for: kubernetes.io/arch=arm64`,
    ],
  ]);
});

test('scheduling × scheduling: the old revision tolerates what keeps the new one out, and lacks memory', async () => {
  const words = '0/3 nodes are available: 2 Insufficient memory.';
  const tolerant = {
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
    containers: [{ name: 'virt-operator', resources: { requests: { memory: '9Gi' } } }],
  };
  const room = {
    spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] },
    status: { allocatable: { memory: '8Gi', pods: '110' } },
  };
  const cluster = onBoth([...noPods, pendingPod(A), pendingPod(B, words)], room);
  assert.equal(await titles([...ofOldRevision(cluster, B, tolerant), otherPod('x', 'cp-0'), otherPod('y', 'cp-1')]), [
    [
      'insufficient-memory',
      `pod ${B}: virt-operator asks for more memory than both nodes that may run virt-operator have in all: cp-0, cp-1`,
    ],
    [
      'taint-untolerated-custom',
      `pod ${A}: both nodes that may run virt-operator have a taint that it does not tolerate: dedicated:NoSchedule`,
    ],
  ]);
});

test('scheduling × container-start: one pod has no node, the other no image', async () => {
  const cluster = [...onBoth([...noPods, pendingPod(A)], cordon), pullFailingPod(B, NOT_FOUND)];
  assert.equal(await titles(cluster), [
    ['cordoned', `pod ${A}: both nodes that may run virt-operator are cordoned: cp-0, cp-1`],
    ['image-not-found', `pod ${B}: image ${IMAGE} does not exist`],
  ]);
});

test('container-start × container-run: one pod has no image, the other crashes', async () => {
  assert.equal(await titles([...noPods, pullFailingPod(A, NOT_FOUND), crashingPod(B, CRASH, 'cp-1')]), [
    ['image-not-found', `pod ${A}: image ${IMAGE} does not exist`],
    ['crash-api-unreachable', `pod ${B}: virt-operator cannot reach the API server from node cp-1`],
  ]);
});

test('node × replicaset: a node died under one pod, and a quota refuses the other', async () => {
  const dead = patched([...noPods, crashingPod(A, CRASH)], 'Node/cp-0', saying('Ready', 'Unknown'));
  assert.equal(await titles([...dead, FULL]), [
    ['quota-exceeded', '1 pod not created: ResourceQuota q leaves no room for another operator pod'],
    ['node-kubelet-stopped', `pod ${A}: node cp-0 no longer reports: the kubelet or the machine is down`],
  ]);
});

test('node × node: one node died, the kubelet of the other refuses pods', async () => {
  const rejected = failedPod('virt-operator-1-z', { reason: 'OutOfmemory', message: 'no' }, 'cp-1');
  const dead = patched([...noPods, crashingPod(A, CRASH), rejected], 'Node/cp-0', saying('Ready', 'Unknown'));
  assert.equal(await titles(dead), [
    ['node-kubelet-stopped', `pod ${A}: node cp-0 no longer reports: the kubelet or the machine is down`],
    [
      'kubelet-admission-rejected',
      "1 pod not created: the kubelet of node cp-1 refuses virt-operator's pods: OutOfmemory",
    ],
  ]);
});

test('two causes on one place that each explain all are not told apart by pod', async () => {
  const cluster = [...noPods, pendingPod(A), pendingPod(B)];
  const mixed = patched(patched(cluster, 'Node/cp-0', cordon), 'Node/cp-1', tainted('network-unavailable'));
  assert.equal(await titles(mixed), [
    ['cordoned', '1 of the 2 nodes that may run virt-operator is cordoned: cp-0'],
    ['node-network-unavailable', 'the network of node cp-1 is not available'],
  ]);
});

test('a replica that no cause accounts for is said so', async () => {
  const silent = operatorPod(B, 'cp-1', 'kubevirt', { status: { phase: 'Pending' } });
  const { causes, unexplained } = await diagnosisOf([...noPods, pullFailingPod(A, NOT_FOUND), silent]);
  assert.equal([causes.map(({ title }) => title), unexplained], [[`image ${IMAGE} does not exist`], `pod ${B}`]);
  const explained = await diagnosisOf([...noPods, pullFailingPod(A, NOT_FOUND), pullFailingPod(B, NOT_FOUND)]);
  assert.is(explained.unexplained, null);
});

test.run();
