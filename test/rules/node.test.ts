import * as assert from 'uvu/assert';
import { object, operatorPod } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { failedPod } from './nodes.ts';
import { answer, crashingPod, diagnosisOf, event, installed, patched, unreadyPod, without } from './outage.ts';

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
  assert.equal(
    await answer(without(leaderless, 'Node/cp-0', 'Node/cp-1')),
    down(['node-deleted certain no-leader'], ['no-control-plane-node certain next']),
  );
  const { causes } = await diagnosisOf(without(leaderless, 'Node/cp-0', 'Node/cp-1'));
  assert.is(causes[0]?.title, "nodes cp-0, cp-1 of virt-operator's pods were deleted");
});

test('pods that their template binds to a node that does not exist: deleting them brings nothing', async () => {
  const bound = patched(installed(), 'Deployment', { spec: { template: { spec: { nodeName: 'cp-9' } } } });
  const pods = ['virt-operator-1-a', 'virt-operator-1-b'].map((name) => unreadyPod(name, {}, 'cp-9'));
  const { causes } = await diagnosisOf([...without(bound, 'Pod'), ...pods]);
  assert.is(
    causes[0]?.title,
    "pods virt-operator-1-a, virt-operator-1-b: virt-operator's pods are bound to node cp-9 by their template, and there is no such node",
  );
  assert.match(causes[0]?.mitigation?.command ?? '', '"path":"/spec/template/spec/nodeName"');
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

test('where the lease of kube-controller-manager is unknown, silent nodes are only possible', async () => {
  const unknown = without(managerless, 'Lease/kube-controller-manager');
  assert.equal(
    await answer([...unknown, ...leases(OLD)]),
    down(['no-leader certain'], ['node-lease-stale-but-ready possible']),
  );
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

test('a kubelet that has told of a pod acts', async () => {
  const told = event('e', 'Pod', 'virt-operator-1-a', { reason: 'FailedMount', message: 'x', time: NEW });
  const { causes } = await diagnosisOf([...untouched('2026-03-01T02:50:00Z'), ...leases(NEW), told]);
  assert.equal(
    causes.map(({ code }) => code),
    ['kubelet-not-acting', 'volume-mount-failed'],
  );
});

test('pods bound a moment ago, dead kubelets and pods with a container are other matters', async () => {
  assert.equal(await answer([...untouched('2026-03-01T02:59:30Z'), ...leases(NEW)]), down([]));
  assert.equal(await answer([...untouched('2026-03-01T02:50:00Z'), ...leases(OLD)]), down([], ['clock-skew possible']));
  const crashing = [crashingPod('virt-operator-1-a', {}), crashingPod('virt-operator-1-b', {}, 'cp-1')];
  const { causes } = await diagnosisOf([...noPods, ...crashing, ...leases(NEW)]);
  assert.not.ok(causes.some(({ code }) => code === 'kubelet-not-acting'));
});

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
  [
    'OutOfephemeral-storage',
    "Pod was rejected: Node didn't have enough resource: ephemeral-storage, requested: 9, used: 8, capacity: 9",
  ],
  ['AppArmor', 'Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host'],
  ['PodLevelResourcesNotSupported', 'Pod was rejected: PodLevelResources feature gate is disabled'],
  ['InvalidNodeInfo', 'Pod was rejected: Kubelet cannot get node info.'],
  ['UnknownReason', 'Pod was rejected: Unexpected error while attempting to recover from admission failure'],
  ['UnexpectedAdmissionError', 'Pod was rejected: Allocate failed due to device plugin'],
  ['TopologyAffinityError', 'Pod was rejected: Resources cannot be allocated with Topology locality'],
] as const;
for (const [reason, message] of REJECTED) {
  test(`a kubelet that refuses: ${reason}`, async () => {
    const { causes } = await diagnosisOf([...noPods, failedPod('virt-operator-1-x', { reason, message })]);
    assert.equal(
      causes.map(({ code, title, evidence }) => [code, title, evidence[0]?.text]),
      [['kubelet-admission-rejected', `the kubelet of node cp-0 refuses virt-operator's pods: ${reason}`, message]],
    );
  });
}

test('a kubelet that refuses what the template binds to its node', async () => {
  const [reason, message] = REJECTED[0];
  const template = { spec: { template: { spec: { nodeName: 'cp-0' } } } };
  const bound = patched(patched(noPods, 'Deployment', template), 'ReplicaSet', template);
  const { causes } = await diagnosisOf([...bound, failedPod('virt-operator-1-x', { reason, message })]);
  assert.match(causes[0]?.mitigation?.command ?? '', '"path":"/spec/template/spec/nodeName"');
});

test('refusals of an hour ago, and those beside a full pair of pods, are history', async () => {
  const [reason, message] = REJECTED[0];
  assert.equal(await answer([...noPods, failedPod('old', { reason, message, at: '2026-03-01T02:00:00Z' })]), down([]));
  assert.equal(await answer([...installed(), failedPod('old', { reason, message })]), {
    verdict: 'healthy',
    causes: [],
    findings: [],
  });
});

test.run();
