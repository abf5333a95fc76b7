import * as assert from 'uvu/assert';
import { object, operatorPod, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { answer, crashingPod, diagnosisOf, installed, patched, pendingPod, unreadyPod, without } from './outage.ts';

const test = suite('node rules');
const noPods = without(installed(), 'Pod');
const down = (causes: string[], findings: string[] = []) => ({ verdict: 'down', causes, findings });
const nodeLease = (name: string, renewTime: string) =>
  object(
    'coordination.k8s.io/v1',
    'Lease',
    { name, namespace: 'kube-node-lease' },
    { spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime } },
  );
const OLD = '2026-03-01T02:50:00.000000Z';
const NEW = '2026-03-01T02:59:55.000000Z';
const leases = (time: string) => [nodeLease('cp-0', time), nodeLease('cp-1', time)];
/** What stops when the node of the leader dies. */
const leaderless = patched(installed(), 'Lease/virt-operator', { spec: { renewTime: OLD } });
const managerless = patched(leaderless, 'Lease/kube-controller-manager', { spec: { renewTime: OLD } });

test('pods that are bound to nodes which were deleted are gone, whatever their status says', async () => {
  assert.equal(await answer(without(leaderless, 'Node/cp-0', 'Node/cp-1')), down(['node-deleted certain no-leader']));
  const { causes } = await diagnosisOf(without(leaderless, 'Node/cp-0', 'Node/cp-1'));
  assert.is(causes[0]?.title, "nodes cp-0, cp-1 of virt-operator's pods were deleted");
});

test('a node of one of two pods deleted: the other pod leads', async () => {
  const orphan = unreadyPod('virt-operator-1-b', {}, 'gone');
  const { verdict, causes } = await diagnosisOf([...without(installed(), 'Pod/virt-operator-1-b'), orphan]);
  assert.equal([verdict, causes.map(({ code }) => code)], ['degraded', ['node-deleted']]);
});

test('silent nodes that are still called Ready, since kube-controller-manager is down', async () => {
  assert.equal(
    await answer([...managerless, ...leases(OLD)]),
    down(['node-lease-stale-but-ready certain no-leader'], ['controller-manager-down certain']),
  );
});

test('a kubelet whose clock is behind is not silent: kube-controller-manager would know', async () => {
  assert.equal(await answer([...leaderless, ...leases(OLD)]), down(['no-leader certain'], ['clock-skew possible']));
});

test('where the lease of kube-controller-manager is unknown, silent nodes are likely', async () => {
  const unknown = without(managerless, 'Lease/kube-controller-manager');
  assert.equal(await answer([...unknown, ...leases(OLD)]), down(['node-lease-stale-but-ready likely no-leader']));
});

const bound = (name: string, nodeName: string, lastTransitionTime: string) =>
  operatorPod(name, nodeName, 'kubevirt', {
    status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime }] },
  });
const untouched = (time: string) => [
  ...noPods,
  bound('virt-operator-1-a', 'cp-0', time),
  bound('virt-operator-1-b', 'cp-1', time),
];

test('kubelets that are alive and start nothing', async () => {
  assert.equal(
    await answer([...untouched('2026-03-01T02:50:00Z'), ...leases(NEW)]),
    down(['kubelet-not-acting certain']),
  );
});

test('pods bound a moment ago, dead kubelets and pods with a container are other matters', async () => {
  assert.equal(await answer([...untouched('2026-03-01T02:59:30Z'), ...leases(NEW)]), down([]));
  assert.equal(await answer([...untouched('2026-03-01T02:50:00Z'), ...leases(OLD)]), down([], ['clock-skew possible']));
  const crashing = [crashingPod('virt-operator-1-a', {}), crashingPod('virt-operator-1-b', {}, 'cp-1')];
  const { causes } = await diagnosisOf([...noPods, ...crashing, ...leases(NEW)]);
  assert.not.ok(causes.some(({ code }) => code === 'kubelet-not-acting'));
});

const failed = (name: string, reason: string, message: string, creationTimestamp = '2026-03-01T02:58:00Z') =>
  patched([operatorPod(name, 'cp-0', 'kubevirt', { status: { phase: 'Failed', reason, message } })], 'Pod', {
    metadata: { creationTimestamp },
  })[0] as TestObject;
/** Kubernetes 1.25 writes no prefix, 1.27 and later `Pod was rejected: `. */
const REJECTED = [
  [
    'OutOfmemory',
    "Pod was rejected: Node didn't have enough resource: memory, requested: 471859200, used: 8000000000, capacity: 8200000000",
  ],
  ['OutOfcpu', "Node didn't have enough resource: cpu, requested: 10, used: 4000, capacity: 4000"],
  ['OutOfpods', "Pod was rejected: Node didn't have enough resource: pods, requested: 1, used: 110, capacity: 110"],
  [
    'NodeAffinity',
    "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  ],
  ['NodePorts', 'Pod was rejected: Predicate NodePorts failed'],
  ['UnexpectedAdmissionError', 'Pod was rejected: Allocate failed due to device plugin'],
  ['TopologyAffinityError', 'Pod was rejected: Resources cannot be allocated with Topology locality'],
] as const;
for (const [reason, message] of REJECTED) {
  test(`a kubelet that refuses: ${reason}`, async () => {
    const { causes } = await diagnosisOf([...noPods, failed('virt-operator-1-x', reason, message)]);
    assert.equal(
      causes.map(({ code, title, evidence }) => [code, title, evidence[0]?.text]),
      [['kubelet-admission-rejected', `the kubelet of node cp-0 refuses virt-operator's pods: ${reason}`, message]],
    );
  });
}

test('refusals of an hour ago, and those beside a full pair of pods, are history', async () => {
  const [reason, message] = REJECTED[0];
  assert.equal(await answer([...noPods, failed('old', reason, message, '2026-03-01T02:00:00Z')]), down([]));
  assert.equal(await answer([...installed(), failed('old', reason, message)]), {
    verdict: 'healthy',
    causes: [],
    findings: [],
  });
});

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
    [
      ['cordoned', 'node-kubelet-stopped'],
      ['all-candidates-down', 'pod-stuck-terminating-on-dead-node'],
    ],
  );
  assert.equal(await findings(leaving({})), []);
});

const ENDED = [
  ['node-shutdown', 'Terminated', 'Pod was terminated in response to imminent node shutdown.'],
  ['node-shutdown', 'NodeShutdown', 'Pod was rejected as the node is shutting down.'],
  ['node-shutdown', 'NodeShutdown', 'Pod was rejected: Pod was rejected as the node is shutting down.'],
  ['kubelet-preempted', 'Preempting', 'Preempted in order to admit critical pod'],
] as const;
for (const [code, reason, message] of ENDED) {
  test(`${code}: ${message}`, async () => {
    assert.equal(
      await findings(
        patched([failed('virt-operator-1-old', reason, message)], 'Pod', {
          spec: { nodeName: 'off' },
        })[0] as TestObject,
      ),
      [code],
    );
    assert.equal((await diagnosisOf([...installed(), failed('old', reason, message)])).findings, []);
  });
}

test('a node that came back after its shutdown leaves history behind', async () => {
  const [, reason, message] = ENDED[0];
  assert.equal(await findings(failed('virt-operator-1-old', reason, message)), []);
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
