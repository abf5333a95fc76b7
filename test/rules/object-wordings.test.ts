import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { monitored } from './monitored.ts';
import { crashingPod, diagnosisOf, event, installed, patched, without } from './outage.ts';

const test = suite('what objects say in words');
const noPods = without(installed(), 'Pod');
const POD = 'virt-operator-1-a';

/** Kubernetes 1.36 pkg/controller/namespace/deletion/status_condition_utils.go. */
const HOLDING: [type: string, reason: string, message: string][] = [
  [
    'NamespaceDeletionDiscoveryFailure',
    'DiscoveryFailed',
    'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: subresources.kubevirt.io/v1: stale GroupVersion discovery',
  ],
  ['NamespaceDeletionGroupVersionParsingFailure', 'GroupVersionParsingFailed', 'Failed to parse group version: x'],
  ['NamespaceDeletionContentFailure', 'ContentDeletionFailed', 'Failed to delete all resource types, 1 remaining: x'],
  [
    'NamespaceContentRemaining',
    'SomeResourcesRemain',
    'Some resources are remaining: kubevirts.kubevirt.io has 1 resource instances',
  ],
  [
    'NamespaceFinalizersRemaining',
    'SomeFinalizersRemain',
    'Some content in the namespace has finalizers remaining: kubevirt.io/foregroundDeleteKubeVirt in 1 resource instances',
  ],
];

test('namespace-terminating: the phase is certain, and each condition is evidence', async () => {
  for (const [type, reason, message] of HOLDING) {
    const status = { phase: 'Terminating', conditions: [{ type, status: 'True', reason, message }] };
    const { causes } = await diagnosisOf(patched(noPods, 'Namespace', { status }));
    assert.equal(
      causes.map(({ code, confidence, evidence }) => [code, confidence, evidence[1]?.text]),
      [['namespace-terminating', 'certain', message]],
    );
    const active = await diagnosisOf(patched(noPods, 'Namespace', { status: { ...status, phase: 'Active' } }));
    assert.equal(active.causes, [], 'words alone end no namespace');
  }
});

test('kubevirt-cr-deleting: the finalizer of each version is evidence', async () => {
  for (const finalizer of ['kubevirt.io/foregroundDeleteKubeVirt', 'foregroundDeleteKubeVirt']) {
    const metadata = { deletionTimestamp: '2026-03-01T02:00:00Z', finalizers: [finalizer] };
    const { findings } = await diagnosisOf(patched(installed(), 'KubeVirt', { metadata }));
    assert.equal(
      findings.map(({ code, evidence }) => [code, evidence[1]?.text]),
      [['kubevirt-cr-deleting', finalizer]],
    );
  }
});

test('kubevirt-cr-webhook-deadlock: every webhook of the operator, and every way not to be reached', async () => {
  const kind = 'ValidatingWebhookConfiguration';
  const validator = object('admissionregistration.k8s.io/v1', kind, { name: 'virt-operator-validator' });
  for (const name of ['kubevirt-validator', 'kubevirt-update-validator', 'kubevirt-create-validator']) {
    for (const tail of [
      'no endpoints available for service "kubevirt-operator-webhook"',
      'service "kubevirt-operator-webhook" not found',
      'dial tcp 10.96.7.7:443: connect: connection refused',
      'context deadline exceeded',
    ]) {
      const message = `Internal error occurred: failed calling webhook "${name}.kubevirt.io": failed to call webhook: Post "https://kubevirt-operator-webhook.kubevirt.svc:443/x?timeout=10s": ${tail}`;
      const told = event('e', 'HyperConverged', 'hco', { reason: 'x', message, time: '2026-03-01T02:59:00Z' });
      const { causes, findings } = await diagnosisOf([...noPods, validator, told]);
      assert.equal([causes, findings.map(({ code }) => code)], [[], ['kubevirt-cr-webhook-deadlock']], message);
    }
  }
});

/** operator-lifecycle-manager pkg/controller/install/deployment.go and status_viewer.go. */
const CSV: [phase: string, reason: string, message: string][] = [
  [
    'Failed',
    'InstallCheckFailed',
    'install timeout: deployment virt-operator not ready before timeout: deployment "virt-operator" exceeded its progress deadline',
  ],
  [
    'Installing',
    'InstallWaiting',
    'installing: waiting for deployment virt-operator to become ready: deployment "virt-operator" not available: Deployment does not have minimum availability.',
  ],
  ['Failed', 'ComponentUnhealthy', 'installing: missing deployment with name=virt-operator'],
  ['Pending', 'NeedsReinstall', 'installing: deployment changed old hash=0a1b, new hash=0c2d'],
];

test('olm-managed: the phase is certain, and reason and message are evidence', async () => {
  const apiVersion = 'operators.coreos.com/v1alpha1';
  const owner = { apiVersion, kind: 'ClusterServiceVersion', name: 'kubevirt.v1.7.0', uid: 'c' };
  const owned = patched(noPods, 'Deployment', { metadata: { ownerReferences: [owner] } });
  for (const [phase, reason, message] of CSV) {
    const metadata = { name: owner.name, namespace: 'kubevirt' };
    const csv = object(apiVersion, owner.kind, metadata, { status: { phase, reason, message } });
    const { findings } = await diagnosisOf([...owned, csv]);
    const told = findings.find(({ code }) => code === 'olm-managed');
    assert.equal([told?.confidence, told?.evidence.at(-1)?.text], ['certain', `${reason}: ${message}`]);
  }
});

test('the reason of an end beats what the log says', async () => {
  const logs = ['leaderelection lost', 'panic: unreachable', 'Error determining cluster type: Unauthorized', ''];
  for (const message of logs) {
    const killed = { exitCode: 137, reason: 'OOMKilled', message };
    assert.equal(await first(crashingPod(POD, killed)), ['oom-node', 'likely'], message);
    const limits = { limits: { memory: '500Mi' } };
    const containers = [{ name: 'virt-operator', resources: limits }];
    const [limited] = patched([crashingPod(POD, killed)], 'Pod', { spec: { containers } });
    assert.equal((await first(limited as TestObject))[0], 'oom-killed-limit', message);
  }
});

test('who killed a container is open where only the kubelet, or nobody, says that it was', async () => {
  for (const [exitCode, reason, message, code] of [
    [137, 'Error', '', 'exit-137-kill'],
    [
      137,
      'ContainerStatusUnknown',
      'The container could not be located when the pod was terminated',
      'crash-unexplained',
    ],
    [
      137,
      'ContainerStatusUnknown',
      'The container could not be located when the pod was deleted.  The container used to be Running',
      'crash-unexplained',
    ],
  ] as const) {
    assert.equal(await first(crashingPod(POD, { exitCode, reason, message })), [code, 'possible'], message);
  }
});

/** KubeVirt 1.0 to 1.9, tag by tag: what VirtOperatorDown asks, and a version that asks something else. */
const ALERTS: [metric: string, version: string][] = [
  ['kubevirt_virt_operator_up_total == 0', 'v1.7.0'],
  ['kubevirt_virt_operator_up == 0', 'v1.9.0'],
  ['cluster:kubevirt_virt_operator_up:sum == 0', 'v1.9.0'],
  ['cluster:kubevirt_virt_operator_pods_running:count == 0', 'v1.8.3'],
];

for (const [expr, version] of ALERTS) {
  test(`old-alert-name: ${expr} is not what ${version} asks`, async () => {
    const rules = [{ alert: 'VirtOperatorDown', expr, for: '10m' }];
    const cluster = patched(monitored(version), 'PrometheusRule', { spec: { groups: [{ name: 'x', rules }] } });
    const told = (await diagnosisOf(cluster)).findings.find(({ code }) => code === 'old-alert-name');
    assert.equal([told?.confidence, told?.evidence[0]?.text], ['certain', expr]);
  });
}

async function first(pod: TestObject): Promise<unknown[]> {
  const { causes } = await diagnosisOf([...noPods, pod]);
  return [causes[0]?.code, causes[0]?.confidence];
}

test.run();
