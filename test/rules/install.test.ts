import * as assert from 'uvu/assert';
import { healthyCluster, object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, installed, patched, without } from './outage.ts';

const test = suite('install, namespace and Deployment rules');
const OPERATOR = ['Deployment', 'ReplicaSet', 'Pod', 'Lease/virt-operator'];

test('a healthy cluster is healthy, and no rule has anything to say', async () => {
  assert.equal(await answer(installed()), { verdict: 'healthy', causes: [], findings: [] });
});

test('a cluster without any trace has no KubeVirt', async () => {
  const nodes = installed().filter(({ kind }) => kind === 'Node');
  assert.equal(await answer(nodes), {
    verdict: 'notInstalled',
    causes: ['kubevirt-not-installed certain'],
    findings: [],
  });
});

test('a namespace that is gone is missing, with the command of the version that was there', async () => {
  const gone = patched(without(installed(), ...OPERATOR, 'Namespace', 'ServiceAccount'), 'KubeVirt', {
    status: { observedKubeVirtVersion: 'v1.6.1' },
  });
  const { verdict, causes } = await diagnosisOf(gone);
  assert.equal([verdict, causes.map(({ code }) => code)], ['down', ['namespace-missing']]);
  assert.match(causes[0]?.mitigation?.command ?? '', 'download/v1.6.1/kubevirt-operator.yaml');
});

test('a webhook that virt-operator left behind tells of a namespace that is gone', async () => {
  const webhooks = [{ name: 'x', clientConfig: { service: { namespace: 'virt', name: 'kubevirt-operator-webhook' } } }];
  const left = object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    name: 'virt-operator-validator',
  });
  const { causes } = await diagnosisOf([{ ...left, webhooks }]);
  assert.equal(
    causes.map(({ code, object: { name } }) => [code, name]),
    [['namespace-missing', 'virt']],
  );
});

/** As a Deployment of one's own stands there: nothing of KubeVirt but what its pods need, and no label on the namespace. */
const bare = (change: object) => [
  object('scheduling.k8s.io/v1', 'PriorityClass', { name: 'kubevirt-cluster-critical' }),
  { ...object('v1', 'Namespace', { name: 'kubevirt' }), ...change },
];

test('its PriorityClass alone tells that KubeVirt was there', async () => {
  const [priorityClass, namespace] = bare({});
  const down = (cause: string) => ({ verdict: 'down', causes: [cause], findings: [] });
  assert.equal(await answer([priorityClass] as TestObject[]), down('namespace-missing likely'));
  assert.equal(await answer([priorityClass, namespace] as TestObject[]), down('deployment-missing certain'));
});

test('a namespace of the usual name that is being deleted is found, though nothing is left in it', async () => {
  const { verdict, causes } = await diagnosisOf(bare({ status: { phase: 'Terminating' } }));
  assert.equal([verdict, causes.map(({ code }) => code)], ['down', ['namespace-terminating']]);
});

test('a namespace that is being deleted comes before all that follows from it', async () => {
  const deletionTimestamp = '2026-03-01T02:40:00Z';
  const terminating = patched(installed(), 'Namespace', {
    metadata: { deletionTimestamp },
    status: { phase: 'Terminating' },
  });
  assert.equal(await answer(without(terminating, 'Pod')), {
    verdict: 'down',
    causes: ['namespace-terminating certain'],
    findings: [],
  });
  assert.equal(await answer(without(terminating, ...OPERATOR)), {
    verdict: 'down',
    causes: ['namespace-terminating certain deployment-missing'],
    findings: [],
  });
  const scaled = patched(without(terminating, 'Pod'), 'Deployment', { spec: { replicas: 0 } });
  assert.equal(await answer(patched(scaled, 'ReplicaSet', { spec: { replicas: 0 } })), {
    verdict: 'down',
    causes: ['namespace-terminating certain deployment-scaled-to-zero'],
    findings: [],
  });
});

test('a terminating namespace that its own webhook holds back saves what is in it before anything else', async () => {
  const terminating = patched(without(installed(), 'Pod'), 'Namespace', { status: { phase: 'Terminating' } });
  const webhook = object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
    name: 'virt-operator-validator',
  });
  const { causes } = await diagnosisOf([...terminating, webhook]);
  const { command, steps = [] } = causes[0]?.mitigation ?? {};
  assert.match(command ?? '', /^kubectl -n kubevirt get kubevirt kubevirt -o yaml > /);
  assert.is(steps[1], command);
  assert.match(steps.slice(-2).join('; '), /^kubectl delete validatingwebhookconfiguration .*"finalizers":null/);
});

test('a Deployment that was deleted is missing', async () => {
  assert.equal(await answer(without(installed(), ...OPERATOR)), {
    verdict: 'down',
    causes: ['deployment-missing certain'],
    findings: [],
  });
});

test('a Deployment that OLM deployed is left to OLM, and no manifest is applied that names another namespace', async () => {
  const mending = async (objects: TestObject[], ...accounts: TestObject[]) =>
    (await diagnosisOf([...without(objects, ...OPERATOR), ...accounts])).causes[0]?.mitigation?.command;
  const account = (namespace: string, ownerReferences: object[]) =>
    object('v1', 'ServiceAccount', { name: 'kubevirt-operator', namespace, ownerReferences } as TestObject['metadata']);
  const csv = { apiVersion: 'operators.coreos.com/v1alpha1', kind: 'ClusterServiceVersion', name: 'hco.v1', uid: 'c' };
  const kubevirt = without(installed(), 'ServiceAccount');
  const openshift = without(healthyCluster('openshift-cnv'), 'ServiceAccount');
  assert.match((await mending(kubevirt, account('kubevirt', []))) ?? '', 'kubectl apply -f');
  assert.is(await mending(kubevirt, account('kubevirt', [csv])), 'kubectl -n kubevirt get clusterserviceversions');
  assert.is(
    await mending(openshift, account('openshift-cnv', [])),
    'kubectl -n openshift-cnv get serviceaccount kubevirt-operator -o yaml',
  );
});

test('pods that outlive their Deployment lead on: that is degraded, not down', async () => {
  const orphaned = without(installed(), 'Deployment', 'ReplicaSet');
  const { verdict, causes } = await diagnosisOf(orphaned);
  assert.equal([verdict, causes.map(({ code }) => code)], ['degraded', ['deployment-missing']]);
  const { causes: more } = await diagnosisOf(without(orphaned, 'Lease/virt-operator'));
  assert.equal([more.length, more[0]?.title], [2, 'Deployment virt-operator does not exist in namespace kubevirt']);
});

const zero = patched(patched(without(installed(), 'Pod'), 'ReplicaSet', { spec: { replicas: 0 } }), 'Deployment', {
  metadata: {
    managedFields: [
      {
        manager: 'kubectl-create',
        operation: 'Update',
        time: '2026-02-01T00:00:00Z',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
      {
        manager: 'kubectl',
        operation: 'Update',
        subresource: 'scale',
        time: '2026-03-01T02:00:00Z',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
    ],
  },
  spec: { replicas: 0 },
});

test('scaled to zero says who did it, when, and what it had before, whichever way the event words it', async () => {
  for (const message of [
    'Scaled down replica set virt-operator-1 to 0 from 3',
    'Scaled down replica set virt-operator-1 from 3 to 0',
  ]) {
    const scaled = object(
      'v1',
      'Event',
      { name: 'e', namespace: 'kubevirt' },
      {
        involvedObject: { kind: 'Deployment', name: 'virt-operator', uid: 'd' },
        reason: 'ScalingReplicaSet',
        message,
        lastTimestamp: '2026-03-01T02:00:00Z',
      },
    );
    const { verdict, causes } = await diagnosisOf([...zero, scaled]);
    assert.equal(
      [verdict, causes.map(({ code }) => code), causes[0]?.since],
      ['down', ['deployment-scaled-to-zero'], '2026-03-01T02:00:00Z'],
    );
    assert.ok(
      causes[0]?.evidence.some(({ text }) => text === 'last written by kubectl (scale) at 2026-03-01T02:00:00Z'),
    );
    assert.match(causes[0]?.mitigation?.command ?? '', /--replicas=3 --current-replicas=0$/);
  }
});

test('scaled to zero while KubeVirt is being deleted is not to be undone by itself', async () => {
  const { causes } = await diagnosisOf(
    patched(zero, 'KubeVirt', { metadata: { deletionTimestamp: '2026-03-01T01:00:00Z' } }),
  );
  assert.is(causes[0]?.mitigation?.automatic, false);
  assert.match(causes[0]?.mitigation?.command ?? '', /--replicas=2 /);
});

const paused = patched(installed(), 'Deployment', { spec: { paused: true } });

test('a paused Deployment is no cause while its pods are of the present template', async () => {
  assert.equal(await answer(paused), { verdict: 'healthy', causes: [], findings: ['deployment-paused certain'] });
});

test('a paused roll-out with a pending template is degraded while old pods lead', async () => {
  const pending = patched(paused, 'Deployment', { spec: { template: { spec: { nodeSelector: { zone: 'a' } } } } });
  assert.equal(await answer(pending), {
    verdict: 'degraded',
    causes: ['deployment-paused certain'],
    findings: ['node-selector-mismatch certain next'],
  });
});

test('a Deployment that was paused before its first ReplicaSet has no pods', async () => {
  assert.equal(await answer(without(paused, 'ReplicaSet', 'Pod', 'Lease/virt-operator')), {
    verdict: 'down',
    causes: ['deployment-paused certain'],
    findings: [],
  });
});

test.run();
