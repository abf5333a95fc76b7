import * as assert from 'uvu/assert';
import { ACTIONS } from '../../src/mitigation/actions/index.ts';
import { contextOf } from '../../src/mitigation/context.ts';
import type { Wishes } from '../../src/mitigation/hands.ts';
import { mitigate } from '../../src/mitigation/mitigate.ts';
import { prepare } from '../../src/mitigation/prepare.ts';
import { undoEntry } from '../../src/mitigation/undo-run.ts';
import type { Action, ActionName } from '../../src/model/action.ts';
import type { ChangeAnswer } from '../../src/model/change.ts';
import type { KubeVirt } from '../../src/model/kubernetes.ts';
import type { Repair } from '../../src/model/repair.ts';
import { object } from '../helpers/cluster.ts';
import { rejects, suite } from '../helpers/suite.ts';
import { finding } from '../helpers/view.ts';
import { type FakeCluster, fakeCluster, type Script, wishes } from './fake-cluster.ts';

const test = suite('sequence');

async function mended(script: Script, wished: Partial<Wishes> = {}, action: ActionName | null = null) {
  const cluster = fakeCluster(script);
  const asked = { action, manualSteps: () => ['Mend it.'] };
  const { repairs } = await mitigate(asked, cluster.hands, wishes(wished));
  return { cluster, repair: repairs.at(-1) as Repair, repairs };
}

function replicas({ deployment }: FakeCluster): unknown {
  return (deployment().spec as { replicas: number }).replicas;
}

test('a yes makes the change, once, and the recovery is seen', async () => {
  const { cluster, repair } = await mended({ answers: ['y'] });
  assert.is(repair.outcome, 'verified');
  assert.is(repair.leader, 'virt-operator-1-a');
  assert.is(replicas(cluster), 2);
  const changes = cluster.writes.filter((text) => !text.includes('/events'));
  assert.equal(changes, ['PATCH /apis/apps/v1/namespaces/kubevirt/deployments/virt-operator/scale']);
  assert.is(cluster.questions.length, 1);
  assert.equal(cluster.shown[0]?.steps[0]?.diff, [' spec:', '-  replicas: 0', '+  replicas: 2']);
  assert.is(repair.undo, '20260301-030000');
});

const refusals: Record<string, string | null> = {
  'a no': 'n',
  'an empty line': '',
  'the end of input': null,
  'another word': 'yeah, why not',
};
for (const [name, answer] of Object.entries(refusals)) {
  test(`${name} changes nothing at all`, async () => {
    const { cluster, repair } = await mended({ answers: [answer] });
    assert.is(repair.outcome, 'notConfirmed');
    assert.equal(cluster.writes, []);
    assert.equal(cluster.journal, []);
    assert.is(replicas(cluster), 0);
  });
}

test('without a terminal and without --yes nobody is asked and nothing is changed', async () => {
  const { cluster, repair } = await mended({}, { isTerminal: false });
  assert.is(repair.outcome, 'notConfirmed');
  assert.match(repair.reason ?? '', 'pass --yes');
  assert.equal([...cluster.writes, ...cluster.questions], []);
});

test('--yes asks nothing', async () => {
  const { cluster, repair } = await mended({}, { yes: true, isTerminal: false });
  assert.is(repair.outcome, 'verified');
  assert.equal(cluster.questions, []);
});

test('a dry run by the server shows the change and makes none; one by the client does not even ask the server', async () => {
  for (const [dryRun, trials] of [
    ['server', 1],
    ['client', 0],
  ] as const) {
    const { cluster, repair } = await mended({}, { dryRun });
    assert.is(repair.outcome, 'dryRun');
    assert.is(cluster.trials, trials);
    assert.equal([...cluster.writes, ...cluster.questions], []);
    assert.equal(repair.steps[0]?.diff, [' spec:', '-  replicas: 0', '+  replicas: 2']);
  }
});

test('a missing right is named, and nothing is tried', async () => {
  const { cluster, repair } = await mended({ rights: 'no', answers: ['y'] });
  assert.is(repair.outcome, 'refused');
  assert.is(repair.reason, 'you have no right to patch deployments/scale.apps in namespace kubevirt');
  assert.equal([cluster.writes.length, cluster.trials, cluster.questions.length], [0, 0, 0]);
});

test('a change that the server would not store is not asked about', async () => {
  const onSend: Script['onSend'] = (request, dryRun, { deployment }) =>
    dryRun && request.method === 'PATCH' ? { status: 'done', body: deployment() } : null;
  const cluster = fakeCluster({ answers: ['y'], onSend });
  cluster.write({ spec: { ...(cluster.deployment().spec as object), replicas: 2, paused: true } });
  const steps = ACTIONS['resume-rollout'].plan(
    contextOf((await cluster.hands.look()).evidence, finding({ code: 'deployment-paused' })),
  );
  assert.type(steps, 'object');
  const [step] = steps as Action[];
  assert.ok(step);
  const { problem } = await prepare(step as Action, cluster.hands, { dryRun: 'server' });
  assert.is(problem, 'there is nothing to change in Deployment virt-operator');
});

test('a right that nobody can tell about stops nothing: the trial decides', async () => {
  assert.is((await mended({ rights: 'unknown', answers: ['y'] })).repair.outcome, 'verified');
});

const objections: [ChangeAnswer, RegExp][] = [
  [{ status: 'denied', message: 'admission webhook "w" denied the request: not at night' }, /not at night/],
  [{ status: 'invalid', message: 'spec.replicas: Invalid value' }, /Invalid value/],
  [{ status: 'forbidden', message: 'cannot patch' }, /^you may not: cannot patch$/],
];
for (const [objection, words] of objections) {
  test(`what the server finds ${objection.status} in the trial is not asked about`, async () => {
    const { cluster, repair } = await mended({ answers: ['y'], onSend: (_, dryRun) => (dryRun ? objection : null) });
    assert.is(repair.outcome, 'refused');
    assert.match(repair.reason ?? '', words);
    assert.equal([cluster.writes.length, cluster.questions.length], [0, 0]);
  });
}

test('a webhook that cannot be tried is said, and the change still asked about', async () => {
  const noTrial: ChangeAnswer = { status: 'noDryRun', message: 'admission webhook "w" does not support dry run' };
  const { repair } = await mended({ answers: ['y'], onSend: (_, dryRun) => (dryRun ? noTrial : null) });
  assert.is(repair.outcome, 'verified');
  assert.is(repair.steps[0]?.trial, 'notSupported');
});

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
  assert.match(cluster.questions[1] ?? '', /^Argo CD .* Go on all the same\?/);
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

test('the journal knows of a change before it is made', async () => {
  let before: string | undefined;
  const onSend: Script['onSend'] = (request, dryRun, cluster) => {
    if (!dryRun && request.method === 'PATCH') before = cluster.journal[0]?.steps[0]?.state;
    return null;
  };
  const { cluster } = await mended({ answers: ['y'], onSend });
  assert.is(before, 'sent');
  assert.is(cluster.journal[0]?.steps[0]?.state, 'done');
});

test('where the journal cannot be written nothing is changed', async () => {
  const cluster = fakeCluster({ answers: ['y'] });
  const full = { ...cluster.hands.journal, write: () => assert.unreachable('no space left') };
  const broken = mitigate({ action: null, manualSteps: () => [] }, { ...cluster.hands, journal: full }, wishes());
  await rejects(broken, Error, /no space left/);
  assert.equal(cluster.writes, []);
});

test('when the API server is away after the change, what was changed is still said', async () => {
  const cluster = fakeCluster({ answers: ['y'], recovers: false });
  const { look } = cluster.hands;
  const hands = {
    ...cluster.hands,
    look: () => (cluster.writes.length > 0 ? Promise.reject(new Error('connection refused')) : look()),
  };
  const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, hands, wishes());
  assert.is(repairs[0]?.outcome, 'notVerified');
  assert.is(repairs[0]?.undo, '20260301-030000');
});

test('who interrupts is told what was done and how to take it back', async () => {
  let during = '';
  const onSend: Script['onSend'] = (request, dryRun, cluster) => {
    if (!dryRun && request.method === 'PATCH') during = cluster.lastWords();
    return null;
  };
  const { cluster } = await mended({ answers: ['y'], onSend });
  assert.match(during, /^sent, perhaps done: Scale .*\nTo take it back: kubectl virtop undo 20260301-030000$/);
  assert.match(cluster.lastWords(), /^done: Scale /);
});

test('a production context wants its name', async () => {
  for (const [answer, outcome] of [
    ['y', 'notConfirmed'],
    ['eu-prod-1', 'verified'],
  ] as const) {
    const { repair, cluster } = await mended({ answers: [answer], context: 'eu-prod-1' });
    assert.is(repair.outcome, outcome);
    assert.match(cluster.questions[0] ?? '', 'eu-prod-1');
  }
  assert.is((await mended({ answers: ['y'], context: 'product-lab' })).repair.outcome, 'verified');
});

test('--confirm-context allows no other context, and asks for its name', async () => {
  assert.match(
    (await mended({ answers: ['y'] }, { confirmContext: 'other' })).repair.reason ?? '',
    'allows only other',
  );
  assert.is((await mended({ answers: ['y'] }, { confirmContext: 'lab' })).repair.outcome, 'notConfirmed');
  assert.is((await mended({ answers: ['lab'] }, { confirmContext: 'lab' })).repair.outcome, 'verified');
});

test('an owner that would undo it needs a yes of its own, or the flag', async () => {
  const owned = async (script: Script, wished: Partial<Wishes>) => {
    const cluster = fakeCluster(script);
    const annotations = { 'meta.helm.sh/release-name': 'kubevirt' };
    cluster.write({ metadata: { ...cluster.deployment().metadata, annotations } });
    const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, cluster.hands, wishes(wished));
    return repairs[0]?.outcome;
  };
  assert.is(await owned({ answers: ['n', 'y'] }, {}), 'notConfirmed');
  assert.is(await owned({ answers: ['y', 'y'] }, {}), 'verified');
  assert.is(await owned({}, { yes: true }), 'notConfirmed');
  assert.is(await owned({}, { yes: true, overrideOwner: true }), 'verified');
});

test('OLM does not undo a scale-up, so that it is no reason to ask twice', async () => {
  const cluster = fakeCluster({ answers: ['y'] });
  const ownerReferences = [{ kind: 'ClusterServiceVersion', name: 'kubevirt.v1.7.0' }];
  cluster.write({ metadata: { ...cluster.deployment().metadata, ownerReferences } });
  const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, cluster.hands, wishes());
  assert.is(repairs[0]?.outcome, 'verified');
  assert.is(cluster.questions.length, 1);
});

test('when virt-operator does not come back in time, what is missing is said', async () => {
  const { repair } = await mended({ answers: ['y'], recovers: false });
  assert.is(repair.outcome, 'notVerified');
  assert.is(repair.waitingFor, '2 of 2 pods to be created');
  assert.ok((repair.seconds ?? 0) >= 29, `gave up after ${repair.seconds}s`);
  assert.is(repair.undo, '20260301-030000');
});

test('an answer that fails in between is waited for', async () => {
  const cluster = fakeCluster({ answers: ['y'] });
  const { observe } = cluster.hands;
  let failures = 3;
  const away = { readAt: '', deployment: undefined, replicaSets: undefined, pods: undefined, lease: undefined };
  const hands = {
    ...cluster.hands,
    observe: (namespace: string, name: string) => (failures-- > 0 ? Promise.resolve(away) : observe(namespace, name)),
  };
  const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, hands, wishes());
  assert.is(repairs[0]?.outcome, 'verified');
});

test('an action that nothing calls for changes nothing', async () => {
  const { cluster, repair } = await mended({ answers: ['y'] }, {}, 'uncordon');
  assert.is(repair.reason, 'uncordon does not apply: nothing that was found calls for it');
  assert.equal(cluster.writes, []);
});

test('nothing is changed while KubeVirt is being deleted', async () => {
  const cluster = fakeCluster({ answers: ['y'] });
  const { look } = cluster.hands;
  const leaving = object('kubevirt.io/v1', 'KubeVirt', { name: 'kubevirt', deletionTimestamp: '2026-03-01T00:00:00Z' });
  const hands = {
    ...cluster.hands,
    look: async () => {
      const { evidence, report } = await look();
      const kubevirts = { status: 'read' as const, value: [leaving as KubeVirt] };
      return { evidence: { ...evidence, reads: { ...evidence.reads, kubevirts } }, report };
    },
  };
  const { repairs } = await mitigate({ action: 'scale-up', manualSteps: () => [] }, hands, wishes());
  assert.is(repairs[0]?.outcome, 'refused');
  assert.match(repairs[0]?.reason ?? '', 'is being deleted');
  assert.equal(cluster.writes, []);
});

test('undo gives the old value back in the same way, and only once', async () => {
  const { cluster } = await mended({ answers: ['y', 'n', 'y', 'y'] });
  const [entry] = cluster.journal;
  assert.ok(entry);
  assert.is((await undoEntry(entry, cluster.hands, wishes())).outcome, 'notConfirmed');
  assert.is(replicas(cluster), 2);
  assert.is((await undoEntry(entry, cluster.hands, wishes())).outcome, 'undone');
  assert.is(replicas(cluster), 0);
  assert.match((await undoEntry(entry, cluster.hands, wishes())).reason ?? '', 'nothing of 20260301-030000');
});

test('undo refuses when somebody changed the value since, or in another cluster', async () => {
  const { cluster } = await mended({ answers: ['y', 'y'] });
  const [entry] = cluster.journal;
  assert.ok(entry);
  const elsewhere = { ...cluster.hands, cluster: { ...cluster.hands.cluster, server: 'https://other' } };
  assert.match((await undoEntry(entry, elsewhere, wishes())).reason ?? '', 'choose that context');
  cluster.write({ spec: { ...(cluster.deployment().spec as object), replicas: 3 } });
  const { outcome, reason } = await undoEntry(entry, cluster.hands, wishes());
  assert.equal([outcome, reason], ['refused', 'Deployment virt-operator was changed since: spec.replicas']);
  assert.is(replicas(cluster), 3);
});

test('a change that was sent when the program was killed can be taken back', async () => {
  const { cluster } = await mended({ answers: ['y', 'y'] });
  const [entry] = cluster.journal;
  assert.ok(entry);
  const killed = { ...entry, steps: entry.steps.map((step) => ({ ...step, state: 'sent' as const })) };
  assert.is((await undoEntry(killed, cluster.hands, wishes())).outcome, 'undone');
});

test('an Event says who did it; without the right to make one nothing is lost', async () => {
  const bodies: unknown[] = [];
  const refuse: ChangeAnswer = { status: 'forbidden', message: 'no' };
  const { repair } = await mended({
    answers: ['y'],
    onSend: ({ path, body }) => {
      if (!path.endsWith('/events')) return null;
      bodies.push(body);
      return refuse;
    },
  });
  assert.is(repair.outcome, 'verified');
  const [{ reason, message, involvedObject }] = bodies as [Record<string, unknown>];
  assert.is(reason, 'VirtopMitigation');
  assert.match(String(message), /^alice with kubectl virtop: Scale Deployment virt-operator from 0 to 2/);
  assert.match(JSON.stringify(involvedObject), '"uid":"d"');
});

test.run();
