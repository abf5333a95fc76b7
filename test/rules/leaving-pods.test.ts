import * as assert from 'uvu/assert';
import { operatorPod, type TestObject } from '../helpers/cluster.ts';
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
