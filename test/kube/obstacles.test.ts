import * as assert from 'uvu/assert';
import { askArchive } from '../../src/archive/store.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { Reads } from '../../src/model/evidence.ts';
import { archiveOf, healthyCluster, object, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { failedCreate, patched, without } from '../rules/outage.ts';

const test = suite('reads about obstacles');
const RBAC = 'rbac.authorization.k8s.io/v1';
const KEYS = [
  'admissionPolicies',
  'runtimeClass',
  'controllerRights',
  'autoscalers',
  'scaledObjects',
  'clusterServiceVersion',
] as const;

async function read(objects: TestObject[]): Promise<Reads> {
  const cluster = { context: null, server: null, user: null };
  return (await gather(askArchive(archiveOf(objects)), { cluster })).reads;
}

/** The reads that were asked for, with the names of what they brought. */
async function asked(objects: TestObject[]): Promise<object> {
  const reads = await read(objects);
  const entries = KEYS.flatMap((key) => {
    const one = reads[key];
    if (one.status === 'unneeded') return [];
    const found = one.status === 'read' ? [one.value].flat().map(({ metadata }) => metadata?.name) : one.status;
    return [[key, found]];
  });
  return Object.fromEntries(entries);
}

const noPods = without(healthyCluster(), 'Pod');
const RIGHTS = { controllerRights: [] };

test('a healthy cluster is asked nothing about obstacles', async () => {
  assert.equal(await asked(healthyCluster()), {});
});

test('the policy and the binding that the API server names are read, each where it exists', async () => {
  const denial = "ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no";
  const policy = object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', { name: 'p' });
  const binding = object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', { name: 'b' });
  const told = [...noPods, failedCreate(`pods "x" is forbidden: ${denial}`)];
  assert.equal(await asked([...told, policy, binding]), { ...RIGHTS, admissionPolicies: ['p', 'b'] });
  assert.equal(await asked(told), { ...RIGHTS, admissionPolicies: [] });
  const mutating = failedCreate(`pods "x" is forbidden: policy 'p' with binding 'b' denied request: no`);
  assert.equal(await asked([...noPods, mutating]), RIGHTS);
});

test('a RuntimeClass is read when the pod template asks for one', async () => {
  const template = { spec: { template: { spec: { runtimeClassName: 'kata' } } } };
  const cluster = patched(patched(healthyCluster(), 'Deployment', template), 'ReplicaSet', template);
  assert.equal(await asked(cluster), { runtimeClass: 'absent' });
  assert.equal(await asked([...cluster, object('node.k8s.io/v1', 'RuntimeClass', { name: 'kata' })]), {
    runtimeClass: ['kata'],
  });
});

test('the rights of the controllers that leave something undone are read', async () => {
  const rights = ['replicaset', 'deployment'].map((name) =>
    object(RBAC, 'ClusterRole', { name: `system:controller:${name}-controller` }),
  );
  assert.equal(await asked([...noPods, ...rights]), { controllerRights: ['system:controller:replicaset-controller'] });
  assert.equal(await asked([...without(noPods, 'ReplicaSet'), ...rights]), {
    controllerRights: ['system:controller:deployment-controller'],
  });
});

test('autoscalers are read when the Deployment is scaled to 0, with or without KEDA', async () => {
  const zero = patched(patched(noPods, 'Deployment', { spec: { replicas: 0 } }), 'ReplicaSet', {
    spec: { replicas: 0 },
  });
  const inKubevirt = { name: 'virt-operator', namespace: 'kubevirt' };
  assert.equal(await asked(zero), { autoscalers: [], scaledObjects: 'absent' });
  const both = [
    object('autoscaling/v2', 'HorizontalPodAutoscaler', inKubevirt),
    object('keda.sh/v1alpha1', 'ScaledObject', inKubevirt),
  ];
  assert.equal(await asked([...zero, ...both]), { autoscalers: ['virt-operator'], scaledObjects: ['virt-operator'] });
});

test('the ClusterServiceVersion that owns the Deployment is read', async () => {
  const ownerReferences = [{ apiVersion: 'operators.coreos.com/v1alpha1', kind: 'ClusterServiceVersion', name: 'v1' }];
  const owned = patched(healthyCluster(), 'Deployment', { metadata: { ownerReferences } });
  assert.equal(await asked(owned), { clusterServiceVersion: 'absent' });
});

test.run();
