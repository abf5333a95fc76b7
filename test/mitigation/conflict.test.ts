import * as assert from 'uvu/assert';
import { changesSince } from '../../src/mitigation/agreement.ts';
import type { Prepared } from '../../src/mitigation/prepare.ts';
import type { ChangeAnswer } from '../../src/model/change.ts';
import { suite } from '../helpers/suite.ts';
import { type FakeCluster, mended, replicas, type Script } from './fake-cluster.ts';

const test = suite('conflict');

test('somebody scales it up while the person thinks: there is nothing to change any more', async () => {
  const scale = (cluster: FakeCluster) =>
    cluster.write({ spec: { ...(cluster.deployment().spec as object), replicas: 1 } });
  const { cluster, repair } = await mended({ answers: ['y', 'y'], onAsk: scale });
  assert.is(repair.outcome, 'refused');
  assert.match(repair.reason ?? '', 'nothing to change any more');
  assert.equal(cluster.writes, []);
  assert.is(replicas(cluster), 1);
});

test('another change to what was shown is shown again and asked about again', async () => {
  let asked = 0;
  const onAsk = (cluster: FakeCluster) => {
    const annotations = { 'argocd.argoproj.io/instance': 'kubevirt' };
    if (asked++ === 0) cluster.write({ metadata: { ...cluster.deployment().metadata, annotations } });
  };
  const { cluster, repair } = await mended({ answers: ['y', 'n'], onAsk });
  assert.is(repair.outcome, 'notConfirmed');
  assert.is(cluster.shown.length, 2);
  assert.match(cluster.questions[1] ?? '', /^The owner above may undo .* Go on all the same\?/);
  assert.equal(cluster.writes, []);
});

test('a change of anything else in the object is asked about again, even when the diff is the same', async () => {
  let asked = 0;
  const onAsk = (cluster: FakeCluster) => {
    const spec = { ...(cluster.deployment().spec as object), minReadySeconds: 5 };
    if (asked++ === 0) cluster.write({ spec });
  };
  const { cluster, repair } = await mended({ answers: ['y', 'y'], onAsk });
  assert.is(repair.outcome, 'verified');
  assert.is(cluster.questions.length, 2);
  assert.is(cluster.shown[1]?.reason, 'somebody else changed spec.minReadySeconds meanwhile');
});

test('what is said to have changed is the object, also where something else is to be done to it now', () => {
  const prepared = (title: string, taints: string[]) =>
    ({
      step: { title, object: { kind: 'Node', namespace: null, name: 'cp-1' }, diff: [], owner: null },
      action: { request: { method: 'PATCH' }, before: { spec: { taints } } },
    }) as unknown as Prepared;
  const agreed = [prepared('Remove taint a', ['a'])];
  assert.equal(changesSince(agreed, [prepared('Remove taints a, b', ['a', 'b'])]), ['spec.taints']);
  assert.equal(changesSince(agreed, [prepared('Remove taint b', ['a'])]), ['Node cp-1']);
});

test('with --yes such a change is not agreed to', async () => {
  let tries = 0;
  const onSend: Script['onSend'] = (request, dryRun, cluster) => {
    if (dryRun || request.method !== 'PATCH' || tries++ > 0) return null;
    cluster.write({ spec: { ...(cluster.deployment().spec as object), minReadySeconds: 5 } });
    return { status: 'conflict', message: 'the object has been modified' };
  };
  const { cluster, repair } = await mended({ onSend }, { yes: true });
  assert.is(repair.outcome, 'notConfirmed');
  assert.match(repair.reason ?? '', 'run it again');
  assert.is(replicas(cluster), 0);
});

test('a status that a controller wrote meanwhile is no reason to ask again', async () => {
  const onAsk = (cluster: FakeCluster) => cluster.write({ status: { observedGeneration: 9 } });
  const { cluster, repair } = await mended({ answers: ['y'], onAsk });
  assert.is(repair.outcome, 'verified');
  assert.is(cluster.questions.length, 1);
});

test('an object that changes all the time is given up on, unchanged', async () => {
  const conflict: ChangeAnswer = { status: 'conflict', message: 'the object has been modified' };
  const { cluster, repair } = await mended({ answers: ['y'], onSend: (_, dryRun) => (dryRun ? null : conflict) });
  assert.is(repair.outcome, 'refused');
  assert.match(repair.reason ?? '', 'keeps changing the object');
  assert.is(replicas(cluster), 0);
});

test('an answer that was lost is looked up: the change that was made counts as made', async () => {
  const lost: ChangeAnswer = { status: 'failed', reason: 'api-unreachable', message: 'reset', sent: true };
  const onSend: Script['onSend'] = (request, dryRun, cluster) => {
    if (dryRun || request.method !== 'PATCH') return null;
    cluster.write({ spec: { ...(cluster.deployment().spec as object), replicas: 2 } });
    return lost;
  };
  assert.is((await mended({ answers: ['y'], onSend })).repair.outcome, 'verified');
});

test('one that was not seen to be made is said to be unknown, with the way back', async () => {
  const lost: ChangeAnswer = { status: 'failed', reason: 'api-unreachable', message: 'reset', sent: true };
  const { cluster, repair } = await mended({ answers: ['y'], onSend: (_, dryRun) => (dryRun ? null : lost) });
  assert.is(repair.outcome, 'notVerified');
  assert.match(repair.reason ?? '', 'it is not known whether the change was made');
  assert.is(repair.undo, cluster.journal[0]?.id);
  assert.is(cluster.journal[0]?.steps[0]?.state, 'sent');
});

test.run();
