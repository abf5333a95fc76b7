import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, event, installed, patched, pullFailingPod, without } from './outage.ts';

const test = suite('KubeVirt resources, owners and autoscalers');
const healthy = { verdict: 'healthy', causes: [], findings: [] };
const noPods = without(installed(), 'Pod');
const DELETED = { metadata: { deletionTimestamp: '2026-03-01T02:00:00Z', finalizers: ['kubevirt.io/foreground'] } };
const VALIDATOR = object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', {
  name: 'virt-operator-validator',
});

test('ready pods that nobody leads wait for a resource type that is gone', async () => {
  const gone = without(installed(), 'CustomResourceDefinition', 'KubeVirt');
  assert.equal(await answer(without(gone, 'Lease/virt-operator')), {
    verdict: 'down',
    causes: ['kubevirt-crd-missing certain no-leader'],
    findings: [],
  });
  assert.equal(await answer(gone), { verdict: 'degraded', causes: ['kubevirt-crd-missing certain'], findings: [] });
});

test('a KubeVirt resource that is being deleted is said, and is never the cause', async () => {
  const deleting = patched(installed(), 'KubeVirt', DELETED);
  assert.equal(await answer(deleting), { ...healthy, findings: ['kubevirt-cr-deleting certain'] });
  const { causes } = await diagnosisOf(patched(noPods, 'KubeVirt', DELETED));
  assert.equal(causes, []);
});

test('a definition that is deleted takes the KubeVirt resources with it, also where that is an outage', async () => {
  const both = patched(patched(noPods, 'KubeVirt', DELETED), 'CustomResourceDefinition', DELETED);
  const { findings } = await diagnosisOf(both);
  const deleting = findings.find(({ code }) => code === 'kubevirt-cr-deleting');
  assert.ok(
    deleting?.evidence.some(({ source }) => source.startsWith('customresourcedefinition/kubevirts.kubevirt.io')),
  );
});

test('changes of the KubeVirt resource wait for the operator only while it is down and somebody waits', async () => {
  const down = [...noPods, VALIDATOR];
  const words =
    'Internal error occurred: failed calling webhook "kubevirt-update-validator.kubevirt.io": failed to call webhook: Post "https://kubevirt-operator-webhook.kubevirt.svc:443/x?timeout=10s"';
  for (const tail of [
    'no endpoints available for service "kubevirt-operator-webhook"',
    'service "kubevirt-operator-webhook" not found',
    'dial tcp 10.0.0.1:8444: connect: connection refused',
    'context deadline exceeded',
  ]) {
    const told = event('e', 'HyperConverged', 'hco', { reason: 'x', message: `${words}: ${tail}`, time: '' });
    const { findings } = await diagnosisOf([...down, told]);
    assert.equal(
      findings.map(({ code }) => code),
      ['kubevirt-cr-webhook-deadlock'],
    );
  }
  const codes = async (objects: TestObject[]) => (await diagnosisOf(objects)).findings.map(({ code }) => code);
  assert.equal(await codes(down), []);
  assert.equal(await codes(patched(down, 'KubeVirt', DELETED)), [
    'kubevirt-cr-deleting',
    'kubevirt-cr-webhook-deadlock',
  ]);
  assert.equal(await codes(patched([...installed(), VALIDATOR], 'KubeVirt', DELETED)), ['kubevirt-cr-deleting']);
  const held = [
    { type: 'NamespaceDeletionContentFailure', status: 'True', message: `${words.replace('update-', '')}: not found` },
  ];
  const terminating = patched(down, 'Namespace', { status: { phase: 'Terminating', conditions: held } });
  assert.equal(await codes(terminating), ['kubevirt-cr-webhook-deadlock']);
});

test('a second KubeVirt resource, or one in another namespace, is a finding', async () => {
  const second = object('kubevirt.io/v1', 'KubeVirt', { name: 'other', namespace: 'team' });
  const { findings } = await diagnosisOf([...installed(), second]);
  assert.equal(
    findings.map(({ title }) => title),
    ['there are 2 KubeVirt resources, and virt-operator takes only one: kubevirt/kubevirt, team/other'],
  );
  assert.equal(await answer([...without(installed(), 'KubeVirt'), second]), {
    ...healthy,
    findings: ['multiple-kubevirt certain'],
  });
});

const zero = patched(patched(noPods, 'ReplicaSet', { spec: { replicas: 0 } }), 'Deployment', { spec: { replicas: 0 } });
const writtenBy = (manager: string, subresource?: string) => {
  const fieldsV1 = { 'f:spec': { 'f:replicas': {} } };
  const managedFields = [{ manager, operation: 'Update', subresource, time: '2026-03-01T02:00:00Z', fieldsV1 }];
  return patched(zero, 'Deployment', { metadata: { managedFields } });
};
const scaling = (apiVersion: string, kind: string, spec: object) =>
  object(apiVersion, kind, { name: 'virt-operator', namespace: 'kubevirt' }, { spec });
const target = { kind: 'Deployment', name: 'virt-operator' };

test('an autoscaler that may go down to 0 is certain, and comes before what it did', async () => {
  const certain = {
    verdict: 'down',
    causes: ['autoscaler-to-zero certain'],
    findings: ['deployment-scaled-to-zero certain next'],
  };
  const keda = 'keda.sh/v1alpha1';
  for (const autoscaler of [
    scaling(keda, 'ScaledObject', { scaleTargetRef: { name: 'virt-operator' } }),
    scaling(keda, 'ScaledObject', { scaleTargetRef: target, minReplicaCount: 1, idleReplicaCount: 0 }),
    scaling('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: target, minReplicas: 0 }),
  ]) {
    assert.equal(await answer([...zero, autoscaler]), certain);
    const { findings } = await diagnosisOf([...zero, autoscaler]);
    assert.is(findings[0]?.mitigation?.automatic, false);
  }
});

test('an autoscaler of something else, or one that leaves a replica, did not do it', async () => {
  const only = { verdict: 'down', causes: ['deployment-scaled-to-zero certain'], findings: [] };
  for (const autoscaler of [
    scaling('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: target }),
    scaling('autoscaling/v2', 'HorizontalPodAutoscaler', {
      scaleTargetRef: { kind: 'Deployment', name: 'virt-api' },
      minReplicas: 0,
    }),
    scaling('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: { kind: 'StatefulSet', name: 'virt-operator' } }),
  ]) {
    assert.equal(await answer([...zero, autoscaler]), only);
  }
});

const SCALED_OBJECTS = '/apis/keda.sh/v1alpha1/namespaces/kubevirt/scaledobjects';

test('what KEDA made tells of a ScaledObject that may not be read', async () => {
  const ownerReferences = [{ kind: 'ScaledObject', name: 'by-load', uid: 's', apiVersion: 'keda.sh/v1alpha1' }];
  const made = object(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    { name: 'keda-hpa-by-load', namespace: 'kubevirt', ownerReferences },
    { spec: { scaleTargetRef: target, minReplicas: 1 } },
  );
  const { causes } = await diagnosisOf([...zero, made], [SCALED_OBJECTS]);
  assert.equal([causes[0]?.code, causes[0]?.confidence], ['autoscaler-to-zero', 'likely']);
  assert.is(causes[0]?.title, 'ScaledObject by-load keeps Deployment virt-operator at 0 replicas');
  const kept = scaling('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: target, minReplicaCount: 2 });
  assert.is((await diagnosisOf([...zero, made, kept])).causes[0]?.code, 'deployment-scaled-to-zero');
});

test('a ScaledObject that is paused where it is left the Deployment at 0, and leaves it where it is scaled to', async () => {
  const annotated = (paused: string, spec: object = {}) => {
    const one = scaling('keda.sh/v1alpha1', 'ScaledObject', { scaleTargetRef: target, ...spec });
    return { ...one, metadata: { ...one.metadata, annotations: { 'autoscaling.keda.sh/paused': paused } } };
  };
  const { causes } = await diagnosisOf([...zero, annotated('true')]);
  assert.equal([causes[0]?.code, causes[0]?.confidence], ['autoscaler-to-zero', 'likely']);
  assert.match(causes[0]?.mitigation?.steps?.[0] ?? '', /^kubectl -n kubevirt scale deployment\/virt-operator/);
  assert.is((await diagnosisOf([...zero, annotated('false')])).causes[0]?.confidence, 'certain');
  const first = (await diagnosisOf([...zero, annotated('true', { minReplicaCount: 2 })])).causes[0];
  assert.equal([first?.code, first?.mitigation?.automatic], ['deployment-scaled-to-zero', true]);
  assert.ok(first?.evidence.some(({ text }) => text === 'paused where it is: nothing scales it up'));
});

test('an autoscaler that leaves a replica does not undo a scaling up', async () => {
  const kept = scaling('autoscaling/v2', 'HorizontalPodAutoscaler', { scaleTargetRef: target });
  const { causes } = await diagnosisOf([...zero, kept]);
  assert.is(causes[0]?.mitigation?.automatic, true);
  assert.ok(causes[0]?.evidence.some(({ text }) => text === 'scales virt-operator, but nothing that is at 0 replicas'));
});

test('what scales by itself is likely by the name it writes under; a person is not', async () => {
  for (const manager of ['keda', 'py-kube-downscaler', 'pykube-ng', 'kube-green', 'cluster-proportional-autoscaler']) {
    const { causes } = await diagnosisOf(writtenBy(manager));
    assert.equal(
      causes.map(({ code, confidence }) => [code, confidence]),
      [['autoscaler-to-zero', 'likely']],
      manager,
    );
  }
  const scaled = await diagnosisOf(writtenBy('kube-controller-manager', 'scale'));
  assert.equal(scaled.causes[0]?.code, 'autoscaler-to-zero');
  for (const manager of ['kubectl', 'kubectl-edit', 'helm', 'Mozilla']) {
    const { causes } = await diagnosisOf(writtenBy(manager, 'scale'));
    assert.equal(causes[0]?.code, 'deployment-scaled-to-zero', manager);
  }
});

test('a pod that no controller owns is a finding', async () => {
  const orphan = patched([operatorPod('virt-operator-1-z', 'cp-0')], 'Pod', { metadata: { ownerReferences: [] } });
  assert.equal(await answer([...installed(), ...orphan]), { ...healthy, findings: ['label-drift certain'] });
});

test('a stuck roll-out whose old pods are lost is said beside both causes, and not while an old pod runs', async () => {
  const image = { spec: { template: { spec: { containers: [{ name: 'virt-operator', image: 'x' }] } } } };
  const [old] = installed().filter(({ kind }) => kind === 'ReplicaSet');
  const metadata = { name: 'virt-operator-2', uid: 'r2' };
  const current = patched(
    patched([old as TestObject], 'ReplicaSet', { metadata, spec: { replicas: 1 } }),
    'ReplicaSet',
    image,
  );
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'x', uid: 'r2', controller: true }];
  const stuck = patched([pullFailingPod('virt-operator-2-a', 'not found')], 'Pod', { metadata: { ownerReferences } });
  const rolling = [...patched(installed(), 'Deployment', image), ...current, ...stuck];
  const codes = async (objects: TestObject[]) => (await diagnosisOf(objects)).findings.map(({ code }) => code);
  assert.equal(await codes(rolling), []);
  const lost = without(rolling, 'Pod/virt-operator-1-a', 'Pod/virt-operator-1-b');
  assert.equal(await codes(lost), ['rollout-broken-and-old-lost']);
});

test('a missed deadline is a symptom', async () => {
  const conditions = [
    { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'has timed out progressing.' },
  ];
  const late = patched(noPods, 'Deployment', { status: { conditions } });
  assert.equal(await answer(late), { verdict: 'down', causes: [], findings: ['progress-deadline-exceeded certain'] });
});

const VERSION = 'kubevirt-hyperconverged-operator.v1.16.0';
const owned = (objects: TestObject[]) =>
  patched(objects, 'Deployment', {
    metadata: { ownerReferences: [{ apiVersion: 'x/v1', kind: 'ClusterServiceVersion', name: VERSION }] },
  });

test('OLM is named when there is something to mend, with what its version says', async () => {
  const version = (status: object) =>
    object(
      'operators.coreos.com/v1alpha1',
      'ClusterServiceVersion',
      { name: VERSION, namespace: 'kubevirt' },
      { status },
    );
  assert.equal(await answer(owned(installed())), healthy);
  assert.equal(await answer([...owned(installed()), version({ phase: 'Succeeded' })]), healthy);
  const failed = { phase: 'Failed', reason: 'InstallCheckFailed', message: 'install timeout' };
  const { findings } = await diagnosisOf([...owned(noPods), version(failed)]);
  assert.equal(
    findings.map(({ title, evidence }) => [title, evidence.at(-1)?.text]),
    [[`OLM manages the Deployment: ClusterServiceVersion ${VERSION} is Failed`, 'InstallCheckFailed: install timeout']],
  );
});

test('the tool that deploys the operator is named when there is something to mend', async () => {
  for (const [tool, metadata] of [
    ['Argo CD', { annotations: { 'argocd.argoproj.io/tracking-id': 'virt:apps/Deployment:kubevirt/virt-operator' } }],
    ['Argo CD', { labels: { 'argocd.argoproj.io/instance': 'virt' } }],
    ['Flux', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'virt' } }],
    ['Flux', { labels: { 'helm.toolkit.fluxcd.io/name': 'virt' } }],
    ['Rancher Fleet', { annotations: { 'objectset.rio.cattle.io/id': 'virt' } }],
    ['Helm', { annotations: { 'meta.helm.sh/release-name': 'virt' } }],
  ] as const) {
    const { findings } = await diagnosisOf(patched(noPods, 'Deployment', { metadata }));
    assert.equal(
      findings.map(({ code, title }) => [code, title.startsWith(`${tool} manages Deployment virt-operator (virt`)]),
      [['gitops-or-helm-managed', true]],
    );
    assert.equal(await answer(patched(installed(), 'Deployment', { metadata })), healthy);
  }
});

const ALIEN = 'backup.example.com/keep';
const set = {
  manager: 'backup-controller',
  time: '2026-02-01T00:00:00Z',
  fieldsV1: { 'f:metadata': { 'f:finalizers': { '.': {}, [`v:"${ALIEN}"`]: {} } } },
};

test('a finalizer that is not of KubeVirt is named with who set it, and only it is to be taken off', async () => {
  const held = { ...DELETED.metadata, finalizers: ['foregroundDeleteKubeVirt', ALIEN], managedFields: [set] };
  const [finding] = (await diagnosisOf(patched(installed(), 'KubeVirt', { metadata: held }))).findings;
  assert.match(
    finding?.title ?? '',
    /goes on with that whenever it runs, and finalizer backup\.example\.com\/keep, not KubeVirt's, holds it/,
  );
  const texts = finding?.evidence.map(({ text }) => text) ?? [];
  assert.ok(
    texts.includes(`${ALIEN}, which is not KubeVirt's: put there by backup-controller at 2026-02-01T00:00:00Z`),
  );
  assert.match(
    finding?.mitigation?.steps?.at(-1) ?? '',
    /'\{"metadata":\{"finalizers":\["foregroundDeleteKubeVirt"\]\}\}'$/,
  );
});

test('where only that one is left virt-operator is done', async () => {
  const metadata = { ...DELETED.metadata, finalizers: [ALIEN], managedFields: [] };
  const [finding] = (await diagnosisOf(patched(installed(), 'KubeVirt', { metadata }))).findings;
  assert.match(finding?.title ?? '', /virt-operator is done with that, and only finalizer/);
  assert.ok(finding?.evidence.some(({ text }) => text.endsWith('nothing says by whom')));
  assert.match(finding?.mitigation?.steps?.at(-1) ?? '', /"finalizers":null/);
});

test.run();
