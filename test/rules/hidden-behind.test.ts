import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, crashingPod, diagnosisOf, installed, patched, pendingPod, pullFailingPod, without } from './outage.ts';

const test = suite('causes behind others');
const LATE = { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } };
const late = (objects: TestObject[], ...names: string[]) =>
  names.reduce((all, name) => patched(all, `Lease/${name}`, LATE), objects);
const cordon = { spec: { unschedulable: true } };
const cordoned = (objects: TestObject[]) => patched(patched(objects, 'Node/cp-0', cordon), 'Node/cp-1', cordon);
const hard = { pods: '0' };
const quota = object(
  'v1',
  'ResourceQuota',
  { name: 'q', namespace: 'kubevirt' },
  { spec: { hard }, status: { hard, used: { pods: '0' } } },
);
const webhook = (resources: string[], operations = ['*']) =>
  object(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    { name: 'policy' },
    {
      webhooks: [
        {
          name: 'policy.example.com',
          clientConfig: { service: { namespace: 'policy', name: 'policy' } },
          rules: [{ apiGroups: ['*'], apiVersions: ['*'], resources, operations }],
        },
      ],
    },
  );
const removed = patched(without(installed(), 'Deployment', 'ReplicaSet', 'Pod'), 'KubeVirt', {
  status: { operatorVersion: 'v1.7.0' },
});
const panic = { exitCode: 2, message: 'panic: runtime error: index out of range\n\ngoroutine 1 [running]:' };
const crashing = [...without(installed(), 'Pod'), crashingPod('virt-operator-1-a', panic)];
const two = [...crashing, crashingPod('virt-operator-1-b', panic, 'cp-1')];

test('what would stop the pods of a Deployment that has to be installed again', async () => {
  const expected = (...findings: string[]) => ({ verdict: 'down', causes: ['deployment-missing certain'], findings });
  assert.equal(await answer(removed), expected());
  assert.equal(await answer(cordoned(removed)), expected('cordoned likely next'));
  assert.equal(await answer([...removed, quota]), expected('quota-exceeded likely next'));
  assert.equal(await answer([...removed, webhook(['pods'])]), expected('webhook-unreachable likely next'));
  const older = patched(removed, 'KubeVirt', { status: { operatorVersion: 'v1.6.2' } });
  assert.equal(await answer(cordoned(older)), expected());
});

test('a namespace that goes takes its quota with it, and not the cordons', async () => {
  const going = patched(cordoned([...removed, quota]), 'Namespace/kubevirt', {
    metadata: { deletionTimestamp: '2026-03-01T02:58:00Z' },
    status: { phase: 'Terminating' },
  });
  assert.equal(await answer(going), {
    verdict: 'down',
    causes: ['namespace-terminating certain deployment-missing'],
    findings: ['cordoned likely next'],
  });
});

test('a pod with a finalizer holds the namespace that is to go', async () => {
  const metadata = { deletionTimestamp: '2026-03-01T02:58:00Z', finalizers: ['example.com/hold'] };
  const held = [
    ...patched(removed, 'Namespace/kubevirt', { metadata, status: { phase: 'Terminating' } }),
    ...patched([operatorPod('virt-operator-1-a', 'cp-0')], 'Pod', { metadata }),
  ];
  const { findings } = await diagnosisOf(held);
  assert.equal(
    findings.filter(({ next }) => next).map(({ code }) => code),
    ['pod-stuck-terminating-finalizer'],
  );
});

test('a resource type that is missing stops the operator once its pods run', async () => {
  const gone = without(installed(), 'CustomResourceDefinition', 'KubeVirt');
  const zero = patched(without(gone, 'Pod'), 'Deployment', { spec: { replicas: 0 } });
  assert.equal(await answer(patched(zero, 'ReplicaSet', { spec: { replicas: 0 }, status: { replicas: 0 } })), {
    verdict: 'down',
    causes: ['deployment-scaled-to-zero certain'],
    findings: ['kubevirt-crd-missing certain next'],
  });
});

test('a stopped controller or scheduler comes next where pods crash, and what it leaves behind is not told again', async () => {
  const findings = async (objects: TestObject[]) =>
    (await diagnosisOf(objects)).findings.map(({ code, next }) => [code, next]);
  assert.equal(await findings(late(two, 'kube-controller-manager')), [['controller-manager-down', true]]);
  assert.equal(await findings(late(two, 'kube-scheduler')), [['scheduler-down', true]]);
  const zero = patched(without(installed(), 'Pod'), 'Deployment', {
    metadata: { generation: 4 },
    spec: { replicas: 0 },
    status: { observedGeneration: 3 },
  });
  assert.equal(await findings(late(zero, 'kube-controller-manager')), [['controller-manager-down', true]]);
});

test('a roll-out that must be taken back waits for the Deployment to be resumed', async () => {
  const paused = (objects: TestObject[]) => patched(objects, 'Deployment', { spec: { paused: true } });
  const failing = [
    ...without(installed(), 'Pod'),
    pullFailingPod('virt-operator-1-a', 'failed to resolve reference "x": not found'),
    pullFailingPod('virt-operator-1-b', 'failed to resolve reference "x": not found'),
  ];
  const next = async (objects: TestObject[]) =>
    (await diagnosisOf(objects)).findings.filter(({ next }) => next).map(({ code }) => code);
  assert.equal(await next(paused(failing)), ['deployment-paused']);
  assert.equal(await next(paused([...without(installed(), 'Pod'), quota])), []);
});

test('pods of two revisions that the same nodes refuse have one cause', async () => {
  const [first, second] = [pendingPod('virt-operator-1-a'), pendingPod('virt-operator-2-a')];
  const [old] = installed().filter(({ kind }) => kind === 'ReplicaSet');
  const other = patched([old as TestObject], 'ReplicaSet', { metadata: { name: 'virt-operator-2', uid: 'r2' } });
  const owned = patched([second], 'Pod', {
    metadata: {
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'virt-operator-2', uid: 'r2', controller: true },
      ],
    },
  });
  const { causes } = await diagnosisOf([...cordoned(without(installed(), 'Pod')), ...other, first, ...owned]);
  assert.equal(causes.filter(({ code }) => code === 'cordoned').length, 1);
});

test('a webhook that stops all leases is seen where pods wait, and stops the others that hold one', async () => {
  const waiting = [
    ...without(installed(), 'Pod'),
    pendingPod('virt-operator-1-a', '', false),
    pendingPod('virt-operator-1-b', '', false),
  ];
  const stopped = late([...waiting, webhook(['leases'])], 'kube-controller-manager', 'kube-scheduler', 'virt-operator');
  const { causes, findings } = await diagnosisOf(stopped);
  assert.equal(
    causes.map(({ code }) => code),
    ['webhook-blocks-control-plane'],
  );
  assert.equal(
    causes[0]?.consequences.filter((code) => code.endsWith('-down')),
    ['controller-manager-down', 'scheduler-down'],
  );
  assert.equal(
    findings.map(({ code }) => code),
    [],
  );
});

test('what somebody asked of nodes is not the doing of whatever stops the leases', async () => {
  const waiting = [...without(installed(), 'Pod'), pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')];
  const stopped = late([...waiting, webhook(['leases'])], 'kube-controller-manager', 'kube-scheduler', 'virt-operator');
  const { causes, findings } = await diagnosisOf(cordoned(stopped));
  assert.equal(causes[0]?.consequences, ['controller-manager-down', 'scheduler-down']);
  assert.equal(
    findings.map(({ code, next }) => [code, next]),
    [['cordoned', true]],
  );
});

test.run();
