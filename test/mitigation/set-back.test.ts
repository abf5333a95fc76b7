import * as assert from 'uvu/assert';
import type { Hands } from '../../src/mitigation/hands.ts';
import type { JournalStep } from '../../src/mitigation/journal.ts';
import { mitigate } from '../../src/mitigation/mitigate.ts';
import { setBack } from '../../src/mitigation/set-back.ts';
import type { Reversal } from '../../src/mitigation/undo.ts';
import { suite } from '../helpers/suite.ts';
import { fakeCluster, wishes } from './fake-cluster.ts';

const test = suite('changes that are taken back');
const BY_KEDA = [{ manager: 'keda', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }];

test('who scales it down again is named soon, and no way back is offered', async () => {
  const cluster = fakeCluster();
  const send: Hands['send'] = async (request, how) => {
    const answer = await cluster.hands.send(request, how);
    if (how.dryRun || !request.path.endsWith('/scale')) return answer;
    const { spec, metadata } = cluster.deployment();
    cluster.write({ spec: { ...(spec as object), replicas: 0 }, metadata: { ...metadata, managedFields: BY_KEDA } });
    return answer;
  };
  const asked = { action: null, manualSteps: () => [] };
  const { repairs } = await mitigate(asked, { ...cluster.hands, send }, wishes({ yes: true }));
  const reason = repairs[0]?.reason;
  const ended = repairs.map(({ outcome, seconds, undo, next }) => [outcome, seconds, undo, next]);
  assert.equal(ended, [['notVerified', 10, null, null]]);
  assert.match(reason ?? '', 'spec.replicas of Deployment virt-operator was changed back by keda: stop that first');
  assert.match(reason ?? '', 'kubectl -n kubevirt get deployment virt-operator -o yaml --show-managed-fields');
});

test('what holds, is gone or cannot be read was not taken back', async () => {
  const target = { kind: 'Node', resource: 'nodes', namespace: null, name: 'cp-0', path: '/api/v1/nodes/cp-0' };
  const fields = [{ path: ['spec', 'unschedulable'], old: true, new: undefined }];
  const reversal: Reversal = { action: 'uncordon', title: '', target, uid: 'n', subresource: '', fields };
  const steps: JournalStep[] = [{ title: '', command: '', state: 'done', reversal }];
  const seen = (read: Hands['read']) => setBack({ steps }, { read });
  assert.is(await seen(async () => ({ spec: {} }) as object), null);
  assert.is(await seen(async () => null), null);
  assert.is(await seen(() => Promise.reject(new Error('no answer'))), null);
  const again = await seen(async () => ({ spec: { unschedulable: true } }) as object);
  assert.match(again ?? '', /^spec\.unschedulable of Node cp-0 was changed back: .*kubectl get node cp-0/);
});

test.run();
