import * as assert from 'uvu/assert';
import { object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { onBoth, saying } from './nodes.ts';
import { answer, failedCreate, installed, patched, pendingPod, pullFailingPod, unreadyPod, without } from './outage.ts';

const test = suite('what stands in the way once the cause is mended');
const noPods = without(installed(), 'Pod');
const cordoned = (objects: TestObject[]) => onBoth(objects, { spec: { unschedulable: true } });
const dead = { spec: { renewTime: '2026-03-01T02:50:00.000000Z' } };
const withoutScheduler = (objects: TestObject[]) => patched(objects, 'Lease/kube-scheduler', dead);
const withoutController = (objects: TestObject[]) => patched(objects, 'Lease/kube-controller-manager', dead);
const waiting = { reason: 'CreateContainerError', message: 'failed to reserve container name "x"' };
const unmade = (name: string, nodeName: string) => unreadyPod(name, { restartCount: 0, state: { waiting } }, nodeName);
const unmadePods = [...noPods, unmade('virt-operator-1-a', 'cp-0'), unmade('virt-operator-1-b', 'cp-1')];
const waitingPods = [...noPods, pendingPod('virt-operator-1-a'), pendingPod('virt-operator-1-b')];
const full = object(
  'v1',
  'ResourceQuota',
  { name: 'q', namespace: 'kubevirt' },
  { spec: { hard: { pods: '0' } }, status: { hard: { pods: '0' }, used: { pods: '0' } } },
);

async function causesAndFindings(objects: TestObject[]): Promise<unknown> {
  const { causes, findings } = (await answer(objects)) as { causes: string[]; findings: string[] };
  return [causes, findings];
}

test('pods that are replaced find sound nodes: nothing comes next', async () => {
  assert.equal(await causesAndFindings(unmadePods), [['create-container-error likely'], []]);
});

test('pods that are replaced find all nodes cordoned', async () => {
  assert.equal(await causesAndFindings(cordoned(unmadePods)), [
    ['create-container-error likely'],
    ['cordoned certain next'],
  ]);
});

test('nobody makes or places the pods that take the place of others', async () => {
  assert.equal(await causesAndFindings(withoutController(unmadePods)), [
    ['create-container-error likely'],
    ['controller-manager-down certain next'],
  ]);
  assert.equal(await causesAndFindings(withoutScheduler(unmadePods)), [
    ['create-container-error likely'],
    ['scheduler-down certain next'],
  ]);
});

test('a scheduler that died after it found no node for the pods is the cause, the nodes come next', async () => {
  assert.equal(await causesAndFindings(withoutScheduler(cordoned(waitingPods))), [
    ['scheduler-down certain'],
    ['cordoned certain next'],
  ]);
});

test('a ServiceAccount that is gone keeps pods that find a node from their token', async () => {
  assert.equal(await causesAndFindings(without(cordoned(waitingPods), 'ServiceAccount')), [
    ['cordoned certain'],
    ['serviceaccount-missing certain next'],
  ]);
});

test('a dead controller manager comes before a full quota, unless a later refusal shows that it is at work', async () => {
  const cluster = withoutController([...noPods, full]);
  assert.equal(await causesAndFindings(cluster), [
    ['controller-manager-down certain'],
    ['quota-exceeded certain next'],
  ]);
  const refused = failedCreate('exceeded quota: q, requested: pods=1, used: pods=0, limited: pods=0');
  assert.equal(await causesAndFindings([...cluster, refused]), [
    ['quota-exceeded certain'],
    ['controller-manager-down certain next'],
  ]);
});

test('who has no Deployment and no scheduler is told both', async () => {
  const cluster = withoutScheduler(without(noPods, 'Deployment', 'ReplicaSet'));
  assert.equal(await causesAndFindings(cluster), [['deployment-missing certain'], ['scheduler-down certain next']]);
});

test('two parts of the control plane that stopped are both to be mended', async () => {
  assert.equal(await causesAndFindings(withoutScheduler(withoutController(noPods))), [
    ['controller-manager-down certain'],
    ['scheduler-down certain next', 'expired-control-plane-certs possible'],
  ]);
});

test('a node that is lost does not lead to an image that does not exist', async () => {
  const NOT_FOUND = 'failed to resolve reference "quay.io/kubevirt/virt-operator:v1.7.0": not found';
  const lost = onBoth(
    [...noPods, pullFailingPod('virt-operator-1-a', NOT_FOUND), pullFailingPod('virt-operator-1-b', NOT_FOUND)],
    saying('Ready', 'Unknown', 'NodeStatusUnknown', 'Kubelet stopped posting node status.'),
  );
  assert.equal(await causesAndFindings(lost), [['node-kubelet-stopped certain'], ['image-not-found likely next']]);
});

test.run();
