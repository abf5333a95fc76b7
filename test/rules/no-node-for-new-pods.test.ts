import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { answer, crashingPod, diagnosisOf, installed, patched, without } from './outage.ts';

const test = suite('no node for another operator pod');
const CORDON = { spec: { unschedulable: true } };
const TAINT = { spec: { taints: [{ key: 'dedicated', effect: 'NoSchedule' }] } };
const SMALL = { status: { allocatable: { cpu: '4', memory: '200Mi', pods: '110' } } };
const nodes = (one: object, other = one, objects = installed()) =>
  patched(patched(objects, 'Node/cp-0', one), 'Node/cp-1', other);
const title = async (objects: Parameters<typeof diagnosisOf>[0]) => {
  const { verdict, findings } = await diagnosisOf(objects);
  return [verdict, ...findings.filter(({ code }) => code === 'no-node-for-new-pods').map((one) => one.title)];
};

test('each node is named with what it has against a new pod, and the verdict stays', async () => {
  const none = 'no node would take a new pod of virt-operator:';
  assert.equal(await title(nodes(CORDON)), ['healthy', `${none} cp-0 (cordoned), cp-1 (cordoned)`]);
  assert.equal(await title(nodes(SMALL)), ['healthy', `${none} cp-0 (too little memory), cp-1 (too little memory)`]);
  assert.equal(await title(nodes(TAINT, CORDON)), [
    'healthy',
    `${none} cp-0 (taint dedicated:NoSchedule is not tolerated), cp-1 (cordoned)`,
  ]);
});

test('where labels were taken away, the pods that run still run', async () => {
  const bare = installed().map((one) => {
    if (one.kind !== 'Node') return one;
    const { 'node-role.kubernetes.io/control-plane': _, ...labels } = one.metadata?.labels ?? {};
    return { ...one, metadata: { ...one.metadata, labels } };
  });
  assert.match((await title(bare))[1] ?? '', /none has the labels that its node selector and affinity ask for$/);
});

test('nothing is said where one node would do, or where a template names its node', async () => {
  assert.equal(await title(nodes(CORDON, {})), ['healthy']);
  const pinned = { spec: { template: { spec: { nodeName: 'cp-0' } } } };
  assert.equal(await title(patched(patched(nodes(CORDON), 'Deployment', pinned), 'ReplicaSet', pinned)), ['healthy']);
});

test('where the pods do not come up, their cause alone is told: they need no new node', async () => {
  const stale = patched(installed(), 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } });
  const pods = [crashingPod('virt-operator-1-a', {}), crashingPod('virt-operator-1-b', {}, 'cp-1')];
  assert.equal(await answer([...without(nodes(CORDON, CORDON, stale), 'Pod'), ...pods]), {
    verdict: 'down',
    causes: ['crash-unexplained possible'],
    findings: [],
  });
});

test.run();
