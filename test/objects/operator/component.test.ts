import * as assert from 'uvu/assert';
import { type ComponentParts, componentsOf } from '../../../src/objects/operator/component.ts';
import { READ_AT } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('components');

const deployment = (name: string, replicas: number, readyReplicas?: number) => ({
  metadata: { name },
  spec: { replicas } as never,
  status: { readyReplicas: readyReplicas ?? null },
});
const parts: ComponentParts = {
  components: [deployment('virt-api', 2, 2), deployment('virt-controller', 2)],
  virtHandler: { status: { desiredNumberScheduled: 3, numberReady: 2 } as never },
  readAt: READ_AT,
};
const counts = (changes: Partial<ComponentParts>) =>
  componentsOf({ ...parts, ...changes }).map(({ exists, desired, ready }) => [exists, desired, ready]);

test('ready pods are counted as their controllers count them', () => {
  assert.equal(counts({}), [
    [true, 2, 2],
    [true, 2, 0],
    [true, 3, 2],
  ]);
  assert.equal(
    componentsOf(parts).map(({ name }) => name),
    ['virt-api', 'virt-controller', 'virt-handler'],
  );
});

test('what is gone is known to be gone, and what could not be read is not known', () => {
  assert.equal(counts({ components: [deployment('virt-api', 1, 1)], virtHandler: null }), [
    [true, 1, 1],
    [false, null, 0],
    [false, null, 0],
  ]);
  const unknown = [null, null, null];
  assert.equal(counts({ components: undefined, virtHandler: undefined }), [unknown, unknown, unknown]);
});

test('nobody counts while kube-controller-manager is down', () => {
  const lease = (renewTime: string) => ({ spec: { holderIdentity: 'kcm', renewTime } }) as object;
  assert.equal(counts({ controllerManagerLease: lease('2026-03-01T02:00:00Z') })[0], [true, 2, null]);
  assert.equal(counts({ controllerManagerLease: lease('2026-03-01T02:59:58Z') })[0], [true, 2, 2]);
});

test.run();
