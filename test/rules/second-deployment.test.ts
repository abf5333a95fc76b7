import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, deploymentRights, diagnosisOf, installed, patched } from './outage.ts';

const test = suite('a second Deployment, a ReplicaSet without one, and no KubeVirt resource');
const labels = { 'kubevirt.io': 'virt-operator' };
const second = (replicas: number, namespace = 'kubevirt') =>
  object('apps/v1', 'Deployment', { name: 'virt-operator-old', namespace, uid: 'd2', labels }, { spec: { replicas } });
const orphan = (replicas = 1, ownerReferences: object[] = []) =>
  object(
    'apps/v1',
    'ReplicaSet',
    { name: 'virt-operator-0', namespace: 'kubevirt', uid: 'o', labels, ownerReferences: ownerReferences as [] },
    { spec: { replicas } },
  );
const ofOrphan = (ready: boolean): TestObject => {
  const status = { phase: 'Running', conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] };
  const pod = operatorPod('virt-operator-0-x', 'cp-1', 'kubevirt', { status });
  const ownerReferences = [{ kind: 'ReplicaSet', name: 'virt-operator-0', uid: 'o', controller: true }];
  return { ...pod, metadata: { ...pod.metadata, ownerReferences } } as TestObject;
};
const titles = async (objects: TestObject[], refused: string[] = []) => {
  const { verdict, causes, findings } = await diagnosisOf(objects, refused);
  const told = [...causes, ...findings].filter(({ code }) => code !== 'auth-forbidden-partial');
  return [verdict, ...told.map(({ title }) => title)];
};

test('one that asks for no pod is named, with who scaled it, and changes no verdict', async () => {
  const written = { manager: 'kubectl', time: '2026-03-01T01:00:00Z', fieldsV1: { 'f:spec': { 'f:replicas': {} } } };
  const idle = patched([second(0)], 'Deployment', { metadata: { managedFields: [written] } });
  assert.equal(await titles([...installed(), ...idle]), [
    'healthy',
    'Deployment virt-operator-old is labelled as virt-operator too, and asks for no pod',
  ]);
  const { findings } = await diagnosisOf([...installed(), ...idle]);
  assert.equal([findings[0]?.code, findings[0]?.since], ['second-deployment', '2026-03-01T01:00:00Z']);
});

test('one in another namespace is named with it; who may not list them all is not told so', async () => {
  const objects = [...installed(), second(2, 'old')];
  assert.equal(await titles(objects), [
    'healthy',
    'Deployment virt-operator-old in namespace old is labelled as virt-operator too, and asks for 2 pods',
  ]);
  assert.equal(await titles(objects, ['/apis/apps/v1/deployments']), ['healthy']);
});

test('one that is told as a second operator is not told twice', async () => {
  const owner = [{ kind: 'Deployment', name: 'virt-operator-old', uid: 'd2', controller: true }];
  const findings = ['operator-duplicated certain'];
  const both = [...installed(), second(1), orphan(1, owner), ofOrphan(true)];
  assert.equal(await answer(both), { verdict: 'healthy', causes: [], findings });
});

const OWNERS: Record<string, object[]> = {
  none: [],
  'an earlier Deployment of that name': [{ kind: 'Deployment', name: 'virt-operator', uid: 'gone', controller: true }],
};
for (const [owner, references] of Object.entries(OWNERS)) {
  test(`a ReplicaSet whose owner is ${owner} is named, whether its pods are Ready or not`, async () => {
    const title = 'ReplicaSet virt-operator-0 of virt-operator belongs to no Deployment';
    const told = (ready: boolean) => titles([...installed(), orphan(1, references), ofOrphan(ready)]);
    assert.equal(await told(true), ['healthy', `${title}, and has 1 Ready pod`]);
    assert.equal(await told(false), ['healthy', title]);
    assert.equal(await titles([...installed(), orphan(0, references)]), ['healthy']);
  });
}

test('it is the cause where it leads beside Ready pods, and where the Deployment has no other', async () => {
  const held = patched(installed(), 'Lease/virt-operator', { spec: { holderIdentity: 'virt-operator-0-x' } });
  const leads = await diagnosisOf([...held, orphan(), ofOrphan(true)]);
  assert.equal([leads.verdict, leads.causes[0]?.code], ['degraded', 'orphaned-replicaset']);
  assert.is(leads.causes[0]?.mitigation?.command, 'kubectl -n kubevirt delete replicaset virt-operator-0');
  const lost = patched(installed(), 'ReplicaSet', { metadata: { ownerReferences: [] } });
  const { causes } = await diagnosisOf([...lost, ...deploymentRights()]);
  assert.equal([causes.length, causes[0]?.code], [1, 'orphaned-replicaset']);
  assert.match(causes[0]?.title ?? '', /, and Deployment virt-operator has no other$/);
  // It may be all that works.
  assert.match(causes[0]?.mitigation?.command ?? '', /^kubectl -n kubevirt get /);
});

test('without any KubeVirt resource the operator is healthy and has nothing to install', async () => {
  const none = installed().filter(({ kind }) => kind !== 'KubeVirt');
  const findings = ['kubevirt-resource-missing certain'];
  assert.equal(await answer(none), { verdict: 'healthy', causes: [], findings });
  assert.equal(await answer(none, ['/apis/kubevirt.io/v1/kubevirts']), {
    verdict: 'incomplete',
    causes: [],
    findings: [],
  });
});

test.run();
