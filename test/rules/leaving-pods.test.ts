import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { failedPod } from './nodes.ts';
import { crashingPod, diagnosisOf, installed, patched, pendingPod, without } from './outage.ts';

const test = suite('pods that are leaving or left');
const noPods = without(installed(), 'Pod');

const cordoned = patched([...noPods, pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')], 'Node', {
  spec: { unschedulable: true },
});
const findings = async (...more: TestObject[]) => {
  const { causes, findings } = await diagnosisOf([...cordoned, ...more]);
  assert.equal(
    causes.map(({ code }) => code),
    ['cordoned'],
  );
  return findings.map(({ code }) => code);
};
const leaving = (more: object, conditions: object[] = []) =>
  patched(
    [operatorPod('virt-operator-1-old', 'cp-0', 'kubevirt', { status: { phase: 'Running', conditions } })],
    'Pod',
    {
      metadata: { deletionTimestamp: '2026-03-01T02:50:00Z', ...more },
    },
  )[0] as TestObject;

test('a drain is told beside the cordon that it left behind', async () => {
  const conditions = [
    { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI', message: 'Eviction API: evicting' },
  ];
  assert.equal(await findings(leaving({}, conditions)), ['evicted-by-api']);
});

test('a pod that a finalizer keeps is no reason for the outage', async () => {
  assert.equal(await findings(leaving({ finalizers: ['example.com/backup'] })), ['pod-stuck-terminating-finalizer']);
  const young = leaving({ finalizers: ['example.com/backup'], deletionTimestamp: '2026-03-01T02:59:50Z' });
  assert.equal(await findings(young), []);
});

test('a pod that stays on a dead node is no reason for the outage', async () => {
  const conditions = [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' }];
  const dead = patched(cordoned, 'Node/cp-0', { status: { conditions } });
  const found = await diagnosisOf([...dead, leaving({})]);
  assert.equal(
    [found.causes, found.findings].map((some) => some.map(({ code }) => code)),
    [['cordoned'], ['node-kubelet-stopped', 'pod-stuck-terminating-on-dead-node']],
  );
  assert.equal(await findings(leaving({})), []);
});

const CONTROLLER = { name: 'system:controller:deployment-controller' };
const DEPLOYMENT_CONTROLLER = [
  object('rbac.authorization.k8s.io/v1', 'ClusterRole', CONTROLLER, {
    rules: [
      { verbs: ['*'], apiGroups: ['apps'], resources: ['*'] },
      { verbs: ['*'], apiGroups: [''], resources: ['*'] },
    ],
  }),
  object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', CONTROLLER, {
    subjects: [{ kind: 'ServiceAccount', name: 'deployment-controller', namespace: 'kube-system' }],
  }),
];

/** A new template whose roll-out has just scaled the old ReplicaSet to 0; its pod is being deleted. */
const rolledOut = (type: string, pod: TestObject) => [
  ...DEPLOYMENT_CONTROLLER,
  ...patched(
    patched(without(installed(), 'Pod'), 'Deployment', {
      spec: { strategy: { type }, template: { metadata: { annotations: { restarted: 'yes' } } } },
    }),
    'ReplicaSet',
    { spec: { replicas: 0 } },
  ),
  pod,
];
const told = async (objects: TestObject[]) => {
  const { causes } = await diagnosisOf(objects);
  return causes.map(({ code, mitigation }) => [code, mitigation?.command]);
};

test('a roll-out with strategy Recreate waits for old pods, however long they may take', async () => {
  const slow = { deletionTimestamp: '2026-03-02T03:00:00Z', deletionGracePeriodSeconds: 86_400 };
  const shorten = 'kubectl -n kubevirt delete pod virt-operator-1-old --grace-period=30 --wait=false';
  assert.equal(await told(rolledOut('Recreate', leaving(slow))), [['recreate-waits-for-pods', shorten]]);
  assert.equal(await told(rolledOut('RollingUpdate', leaving(slow))), []);
  const soon = leaving({ deletionTimestamp: '2026-03-01T03:00:20Z' });
  assert.equal(await told(rolledOut('Recreate', soon)), [['recreate-waits-for-pods', 'kubectl virtop wait']]);
  const held = leaving({ finalizers: ['example.com/backup'] });
  const look = 'kubectl -n kubevirt describe pod virt-operator-1-old';
  assert.equal(await told(rolledOut('Recreate', held)), [['recreate-waits-for-pods', look]]);
  const [finished] = patched([held], 'Pod', { status: { phase: 'Succeeded' } });
  assert.equal(await told(rolledOut('Recreate', finished as TestObject)), []);
});

test('a roll-out with strategy Recreate waits for a pod on a dead node', async () => {
  const conditions = [{ type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' }];
  const dead = patched(rolledOut('Recreate', leaving({})), 'Node/cp-0', { status: { conditions } });
  assert.equal(
    (await told(dead)).map(([code]) => code),
    ['pod-stuck-terminating-on-dead-node'],
  );
});

const ENDED = [
  ['node-shutdown', 'Terminated', 'Pod was terminated in response to imminent node shutdown.'],
  ['node-shutdown', 'NodeShutdown', 'Pod was rejected as the node is shutting down.'],
  ['node-shutdown', 'NodeShutdown', 'Pod was rejected: Pod was rejected as the node is shutting down.'],
  [
    'node-shutdown',
    'NodeShutdown',
    'Pod was rejected: Node is in progress of shutting down, not admitting any new pods',
  ],
  ['node-shutdown', 'Shutdown', 'Node is shutting, evicting pods'],
  ['kubelet-preempted', 'Preempting', 'Preempted in order to admit critical pod'],
] as const;
for (const [code, reason, message] of ENDED) {
  test(`${code}: ${message}`, async () => {
    assert.equal(await findings(failedPod('virt-operator-1-old', { reason, message }, 'off')), [code]);
    assert.equal((await diagnosisOf([...installed(), failedPod('old', { reason, message })])).findings, []);
  });
}

test('a node that came back after its shutdown leaves history behind', async () => {
  const [, reason, message] = ENDED[0];
  assert.equal(await findings(failedPod('virt-operator-1-old', { reason, message })), []);
});

test('both pods on one node, of which one is lost', async () => {
  const message = 'Error: Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: i/o timeout';
  const together = (node: string) => [
    ...noPods,
    crashingPod('virt-operator-1-a', { message }),
    crashingPod('virt-operator-1-b', { message }, node),
  ];
  const codes = async (objects: TestObject[]) => (await diagnosisOf(objects)).findings.map(({ code }) => code);
  assert.equal(await codes(together('cp-0')), ['both-replicas-on-one-node']);
  assert.equal(await codes(together('cp-1')), []);
  assert.equal(await codes(without(together('cp-0'), 'Node/cp-1')), []);
});

test.run();
