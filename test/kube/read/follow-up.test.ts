import * as assert from 'uvu/assert';
import { askArchive } from '../../../src/archive/store.ts';
import { gather } from '../../../src/kube/read/gather.ts';
import type { Depth, Evidence } from '../../../src/model/evidence.ts';
import { archiveOf, healthyCluster, node, object, operatorPod, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('follow-up reads about nodes');
const PODS = ['virt-operator-1-a', 'virt-operator-1-b'];
const ROLE = { 'node-role.kubernetes.io/control-plane': '' };

async function read(objects: TestObject[], depth: Depth = 'verdict'): Promise<Evidence['reads']> {
  const cluster = { context: null, server: null, user: null };
  return (await gather(askArchive(archiveOf(objects)), { cluster, depth })).reads;
}

function without(...names: string[]): TestObject[] {
  return healthyCluster().filter(({ metadata }) => !names.includes(metadata?.name ?? ''));
}

function refused(message: string, spec: object = {}): TestObject[] {
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
  const status = { phase: 'Pending', conditions };
  return PODS.map((name) => operatorPod(name, '', 'kubevirt', { spec, status }));
}

const names = (read: { status: string; value?: { metadata?: { name?: string | null } | null }[] }) =>
  read.value?.map(({ metadata }) => metadata?.name) ?? read.status;

test('the pods on the nodes are asked for where the scheduler refused a pod, and at full depth', async () => {
  const cordoned = ['cp-0', 'cp-1'].map((name) => ({ ...node(name, ROLE), spec: { unschedulable: true } }));
  const pods = refused('0/3 nodes are available: 2 node(s) were unschedulable.');
  const kept = [...without(...PODS, 'cp-0', 'cp-1'), ...cordoned, ...pods];
  const uncreated = without(...PODS);
  const asked = [await read(kept), await read(uncreated), await read(uncreated, 'all')];
  assert.equal(
    asked.map(({ nodePods }) => nodePods.status),
    ['read', 'unneeded', 'read'],
  );
});

test('of many nodes those are looked into first on which nothing else stands in the way', async () => {
  const more = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => node(name, ROLE));
  const cordoned = more.map((one) => (one.metadata?.name === 'a' ? { ...one, spec: { unschedulable: true } } : one));
  const holders = more.map(({ metadata }) => operatorPod(`on-${metadata?.name}`, metadata?.name ?? '', 'other'));
  const message = '0/9 nodes are available: 8 Insufficient memory.';
  const { nodePods } = await read([...without(...PODS, 'cp-0', 'cp-1'), ...cordoned, ...holders, ...refused(message)]);
  assert.equal(names(nodePods), ['on-b', 'on-c', 'on-d', 'on-e', 'on-f']);
});

test('where no node is admitted, those of the wanted role are read, to say what they lack', async () => {
  const nodeSelector = { disk: 'ssd' };
  const objects = without(...PODS).map((one) => {
    if (one.kind !== 'Deployment') return one;
    const { spec } = one as { spec: { template: { spec: object } } };
    const template = { ...spec.template, spec: { ...spec.template.spec, nodeSelector } };
    return { ...one, spec: { ...spec, template } };
  });
  const [template] = objects.filter(({ kind }) => kind === 'Deployment') as { spec: { template: { spec: object } } }[];
  const { nodes } = await read([...objects, ...refused('0/3 nodes are available', template?.spec.template.spec)]);
  assert.equal(names(nodes), ['cp-0', 'cp-1']);
});

test('pods that look Ready while nobody leads ask for the leases of their nodes', async () => {
  const lease = object('coordination.k8s.io/v1', 'Lease', { name: 'cp-0', namespace: 'kube-node-lease' });
  const leading = await read([...healthyCluster(), lease]);
  const leaderless = await read([...without('virt-operator'), ...deployment(), lease]);
  assert.equal([names(leading.nodeLeases), names(leaderless.nodeLeases)], ['unneeded', ['cp-0']]);
});

function deployment(): TestObject[] {
  return healthyCluster().filter(({ kind }) => kind === 'Deployment');
}

test('a fresh lease of kube-controller-manager vouches for nodes that are Ready', async () => {
  const lease = object('coordination.k8s.io/v1', 'Lease', { name: 'cp-0', namespace: 'kube-node-lease' });
  const message = "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.";
  const unplaced = [...without(...PODS), ...refused(message), lease];
  const unwatched = unplaced.filter(({ metadata }) => metadata?.name !== 'kube-controller-manager');
  const leases = [unplaced, unwatched].map(async (objects) => names((await read(objects)).nodeLeases));
  assert.equal(await Promise.all(leases), ['unneeded', ['cp-0']]);
});

test("the operator's rights matter only to containers that have started", async () => {
  const waiting = { containerStatuses: [{ name: 'virt-operator', state: { waiting: { reason: 'ErrImagePull' } } }] };
  const crashed = { containerStatuses: [{ name: 'virt-operator', lastState: { terminated: { exitCode: 1 } } }] };
  const asked = [waiting, crashed].map(async (status) => {
    const pods = PODS.map((name) => operatorPod(name, 'cp-0', 'kubevirt', { status: { phase: 'Pending', ...status } }));
    return (await read([...without(...PODS), ...pods])).operatorClusterRoleBinding.status;
  });
  assert.equal(await Promise.all(asked), ['unneeded', 'absent']);
});

test('several silent nodes ask for the webhooks that kubelets must pass', async () => {
  const conditions = [{ type: 'Ready', status: 'Unknown' }];
  const silent = (count: number) =>
    ['cp-0', 'cp-1'].map((name, index) => ({ ...node(name, ROLE), ...(index < count && { status: { conditions } }) }));
  const rules = [
    { operations: ['UPDATE'], apiGroups: ['coordination.k8s.io'], apiVersions: ['v1'], resources: ['leases'] },
  ];
  const service = { name: 'guard', namespace: 'guard-system' };
  const guard = [
    object(
      'admissionregistration.k8s.io/v1',
      'ValidatingWebhookConfiguration',
      { name: 'guard' },
      { webhooks: [{ name: 'guard.example.com', rules, clientConfig: { service } }] },
    ),
    object('v1', 'Service', service),
  ];
  const of = (count: number) => read([...without('cp-0', 'cp-1'), ...silent(count), ...guard]);
  assert.equal([names((await of(1)).webhooks), names((await of(2)).webhookServices)], ['unneeded', ['guard']]);
});

test.run();
