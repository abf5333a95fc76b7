import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { codesOf, installed, patched, without } from './outage.ts';

const test = suite('garbage that is not collected');

const deleted = (finalizer: string, deletionTimestamp = '2026-03-01T02:50:00Z') => ({
  metadata: { deletionTimestamp, finalizers: [finalizer] },
});
const isTold = async (objects: Parameters<typeof codesOf>[0]) => (await codesOf(objects)).includes('gc-lag');
const foreground = patched(installed(), 'Deployment', deleted('foregroundDeletion'));

test('a deletion waits for the collector when nothing that it made is on its way out', async () => {
  assert.is(await isTold(foreground), true);
  assert.is(await isTold(without(foreground, 'ReplicaSet', 'Pod')), true);
  assert.is(await isTold(patched(installed(), 'Deployment', deleted('orphan'))), true);
  assert.is(await isTold(patched(installed(), 'ReplicaSet', deleted('foregroundDeletion'))), true);
});

test('a part that goes, a foreign finalizer and a fresh deletion are no lag', async () => {
  assert.is(
    await isTold(patched(foreground, 'ReplicaSet', deleted('foregroundDeletion', '2026-03-01T02:59:50Z'))),
    false,
  );
  assert.is(await isTold(patched(installed(), 'Deployment', deleted('backup.example.com/hold'))), false);
  const fresh = deleted('foregroundDeletion', '2026-03-01T02:59:30Z');
  assert.is(await isTold(patched(installed(), 'Deployment', fresh)), false);
  assert.is(await isTold(installed()), false);
});

test('a pod outlives its ReplicaSet; a new one may be younger than what was listed', async () => {
  const born = (creationTimestamp: string) =>
    patched(without(installed(), 'ReplicaSet'), 'Pod', { metadata: { creationTimestamp } });
  assert.is(await isTold(born('2026-03-01T02:00:00Z')), true);
  assert.is(await isTold(born('2026-03-01T02:59:30Z')), false);
});

test('without kube-controller-manager, or in a namespace that ends, nobody expects it', async () => {
  const silent = { spec: { renewTime: '2026-03-01T02:00:00Z' } };
  assert.is(await isTold(patched(foreground, 'Lease/kube-controller-manager', silent)), false);
  assert.is(
    await isTold(patched(foreground, 'Namespace', { metadata: { deletionTimestamp: '2026-03-01T02:00:00Z' } })),
    false,
  );
});

test.run();
