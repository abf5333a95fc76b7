import * as assert from 'uvu/assert';
import { askArchive } from '../../../src/archive/store.ts';
import { gather } from '../../../src/kube/read/gather.ts';
import { archiveOf, healthyCluster, operatorPod, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';
import { patched, without } from '../../rules/outage.ts';

const test = suite('reads of what new pods must pass');

/** Of the limits and the definition of KubeVirt's resources, those that were asked for. */
async function asked(objects: TestObject[], depth: 'verdict' | 'all' = 'verdict'): Promise<string[]> {
  const cluster = { context: null, server: null, user: null };
  const { reads } = await gather(askArchive(archiveOf(objects)), { cluster, depth });
  const keys = ['resourceQuotas', 'limitRanges', 'kubevirtCrd'] as const;
  return keys.filter((key) => reads[key].status !== 'unneeded');
}

/** A healthy cluster of which one pod exists and is not Ready. */
function withUnready(annotations: object = {}): TestObject[] {
  const others = healthyCluster().filter((one) => one.metadata?.name !== 'virt-operator-1-b');
  const pod = operatorPod('virt-operator-1-b', 'cp-1', 'kubevirt', { status: { phase: 'Running' } });
  return [...others, { ...pod, metadata: { ...pod.metadata, annotations } }];
}

test('limits are read while pods are yet to be made', async () => {
  assert.equal(await asked(without(healthyCluster(), 'Pod')), ['resourceQuotas', 'limitRanges']);
  const scaledDown = patched(healthyCluster(), 'Deployment', { spec: { replicas: 0 } });
  assert.equal((await asked(scaledDown)).slice(0, 2), ['resourceQuotas', 'limitRanges']);
  assert.equal(await asked(withUnready()), [], 'pods that exist have passed them');
  assert.equal(await asked(withUnready(), 'all'), ['resourceQuotas', 'limitRanges', 'kubevirtCrd']);
});

test('a quota is read where Ready pods do not lead, unless no controller would make another', async () => {
  const stale = { spec: { renewTime: '2026-03-01T02:00:00.000000Z' } };
  const idle = patched(healthyCluster(), 'Lease/virt-operator', stale);
  assert.equal(await asked(idle), ['resourceQuotas']);
  assert.equal(await asked(patched(idle, 'Lease/kube-controller-manager', stale)), []);
});

test('a LimitRange is read when it gave limits to a pod that is not Ready', async () => {
  const added = { 'kubernetes.io/limit-ranger': 'LimitRanger plugin set: memory limit for container virt-operator' };
  assert.equal(await asked(withUnready(added)), ['limitRanges']);
});

test('the definition of KubeVirt resources is read where none is served, or nothing is missing', async () => {
  assert.equal(await asked(healthyCluster()), ['kubevirtCrd']);
  assert.ok((await asked(without(healthyCluster(), 'Deployment'))).includes('kubevirtCrd'));
  const gone = without(without(healthyCluster(), 'CustomResourceDefinition'), 'KubeVirt');
  assert.ok((await asked(without(gone, 'Pod'))).includes('kubevirtCrd'));
});

test.run();
