import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, diagnosisOf, installed, patched, pendingPod, without } from './outage.ts';

const test = suite('webhooks in the way of kubelets');
const conditions = [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' }];
const silent = patched(
  [...without(installed(), 'Pod'), pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')],
  'Node',
  { status: { conditions } },
);
const SERVICE = { name: 'guard', namespace: 'guard-system' };
const LEASES = {
  operations: ['UPDATE'],
  apiGroups: ['coordination.k8s.io'],
  apiVersions: ['v1'],
  resources: ['leases'],
};
const STATUS = { operations: ['*'], apiGroups: [''], apiVersions: ['v1'], resources: ['nodes/status'] };

function webhook(rule: object, more: object = {}): TestObject {
  const one = { name: 'guard.example.com', rules: [rule], clientConfig: { service: SERVICE }, ...more };
  return object(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    { name: 'guard' },
    { webhooks: [one] },
  );
}

const BLOCKED = {
  verdict: 'down',
  causes: ['webhook-blocks-control-plane certain node-kubelet-stopped'],
  findings: [],
};
const DEAD = { verdict: 'down', causes: ['node-kubelet-stopped certain'], findings: [] };
const only = (name: string) => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: [name] }] },
});

const cases: [string, TestObject[], object][] = [
  ['asked for leases', [webhook(LEASES)], BLOCKED],
  ['asked for the leases of nodes', [webhook(LEASES, only('kube-node-lease'))], BLOCKED],
  ['asked for the status of nodes', [webhook(STATUS, only('other'))], BLOCKED],
  ['asked for all that there is', [webhook({ ...STATUS, apiGroups: ['*'], resources: ['*/*'] })], BLOCKED],
  ['asked for leases of other namespaces', [webhook(LEASES, only('kube-system'))], DEAD],
  ['asked for nodes, not for their status', [webhook({ ...STATUS, resources: ['nodes'] })], DEAD],
  ['asked only when leases are made', [webhook({ ...LEASES, operations: ['CREATE'] })], DEAD],
  ['that may be ignored', [webhook(LEASES, { failurePolicy: 'Ignore' })], DEAD],
  ['asked for labelled leases', [webhook(LEASES, { objectSelector: { matchLabels: { x: 'y' } } })], DEAD],
];
for (const [name, objects, expected] of cases) {
  test(`a webhook ${name}, without a Service`, async () => {
    assert.equal(await answer([...silent, ...objects]), expected);
  });
}

test('who may not read webhooks is not told for certain that several kubelets stopped', async () => {
  const paths = ['validating', 'mutating'].map(
    (kind) => `/apis/admissionregistration.k8s.io/v1/${kind}webhookconfigurations`,
  );
  assert.equal(await answer([...silent, webhook(LEASES)], paths), {
    verdict: 'down',
    causes: ['node-kubelet-stopped likely'],
    findings: [],
  });
});

test('a webhook whose Service has endpoints is not blamed', async () => {
  const slice = object(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    { name: 'guard-x', namespace: SERVICE.namespace, labels: { 'kubernetes.io/service-name': 'guard' } },
    { endpoints: [{ addresses: ['10.0.0.9'], conditions: { ready: true } }] },
  );
  assert.equal(await answer([...silent, webhook(LEASES), object('v1', 'Service', SERVICE), slice]), DEAD);
});

test('a match condition leaves open whether it is asked at all', async () => {
  const conditional = webhook(LEASES, { matchConditions: [{ name: 'x', expression: 'false' }] });
  assert.equal(await answer([...silent, conditional]), {
    ...BLOCKED,
    causes: ['webhook-blocks-control-plane likely node-kubelet-stopped'],
  });
});

test('nodes that report are not blocked by it', async () => {
  assert.equal(await answer([...installed(), webhook(LEASES)]), { verdict: 'healthy', causes: [], findings: [] });
});

const OLD = { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } };
const NAMES = ['virt-operator', 'kube-controller-manager', 'kube-scheduler'];
const stopped = (...names: string[]) =>
  names.reduce((objects, name) => patched(objects, `Lease/${name}`, OLD), installed());
const noLeader = { verdict: 'down', causes: ['no-leader certain'], findings: [] };
const named = (name: string) =>
  patched(stopped('virt-operator'), 'Namespace', { metadata: { labels: { kind: name } } });
const labelled = { namespaceSelector: { matchLabels: { kind: 'vm' } } };

const LEADERS: [string, TestObject[], object][] = [
  [
    'leases everywhere',
    [...stopped(...NAMES), webhook(LEASES)],
    {
      verdict: 'down',
      causes: ['webhook-blocks-control-plane certain controller-manager-down scheduler-down no-leader'],
      findings: [],
    },
  ],
  [
    "leases of the operator's namespace",
    [...named('vm'), webhook(LEASES, labelled)],
    { verdict: 'down', causes: ['webhook-blocks-control-plane certain no-leader'], findings: [] },
  ],
  [
    "leases of the operator's namespace, for half a minute",
    [
      ...patched(named('vm'), 'Lease/virt-operator', { spec: { renewTime: '2026-03-01T02:59:30.000000Z' } }),
      webhook(LEASES, labelled),
    ],
    { verdict: 'down', causes: ['webhook-blocks-control-plane likely no-leader'], findings: [] },
  ],
  ['leases of other namespaces', [...named('other'), webhook(LEASES, labelled)], noLeader],
  ['leases, which others renew all the same', [...stopped('virt-operator'), webhook(LEASES)], noLeader],
  ['the status of nodes', [...stopped('virt-operator'), webhook(STATUS)], noLeader],
];
for (const [name, objects, expected] of LEADERS) {
  test(`nobody leads, and a webhook without a Service is asked about ${name}`, async () => {
    assert.equal(await answer(objects), expected);
  });
}

test('who may not read nodes is told of leases that cannot be renewed', async () => {
  const stopped = ['kube-controller-manager', 'kube-scheduler', 'virt-operator'].reduce(
    (some, name) => patched(some, `Lease/${name}`, { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } }),
    installed(),
  );
  const { causes } = await diagnosisOf([...stopped, webhook(LEASES)], ['/api/v1/nodes']);
  assert.is(causes[0]?.code, 'webhook-blocks-control-plane');
});

test.run();
