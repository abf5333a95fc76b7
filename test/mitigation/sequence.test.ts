import * as assert from 'uvu/assert';
import { ACTIONS } from '../../src/mitigation/actions/index.ts';
import { contextOf } from '../../src/mitigation/context.ts';
import type { Hands } from '../../src/mitigation/hands.ts';
import { mitigate } from '../../src/mitigation/mitigate.ts';
import { prepare } from '../../src/mitigation/prepare.ts';
import type { Action } from '../../src/model/action.ts';
import type { ChangeAnswer } from '../../src/model/change.ts';
import { UserError } from '../../src/model/errors.ts';
import type { KubeVirt } from '../../src/model/kubernetes.ts';
import { object } from '../helpers/cluster.ts';
import { rejects, suite } from '../helpers/suite.ts';
import { finding } from '../helpers/view.ts';
import { fakeCluster, mended, replicas, type Script, wishes } from './fake-cluster.ts';

const test = suite('sequence');

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
  assert.is(
    repair.reason,
    'you have no right to patch deployments/scale.apps in namespace kubevirt; kubectl virtop can-i --role --writes prints what allows it',
  );
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

test('when virt-operator does not come back in time, what is missing is said', async () => {
  const { repair } = await mended({ answers: ['y'], recovers: false });
  assert.is(repair.outcome, 'notVerified');
  assert.is(repair.waitingFor, '2 of 2 pods to be created');
  assert.ok((repair.seconds ?? 0) >= 29, `gave up after ${repair.seconds}s`);
  assert.is(repair.undo, '20260301-030000');
});

test('what keeps the next repair from being made does not hide the first', async () => {
  const cluster = fakeCluster({ recovers: false });
  const { send, journal, look } = cluster.hands;
  let isFull = false;
  const paused = finding({
    code: 'deployment-paused',
    mitigation: { action: 'resume-rollout', automatic: true, command: '' },
  });
  const hands: Hands = {
    ...cluster.hands,
    send: async (request, how) => {
      if (how.dryRun) return { status: 'noDryRun', message: '' };
      const answer = await send(request, how);
      if (request.path.endsWith('/scale')) {
        cluster.write({ spec: { ...(cluster.deployment().spec as object), paused: true } });
      }
      return answer;
    },
    look: async () => {
      const now = await look();
      isFull = cluster.writes.length > 0;
      return isFull ? { ...now, report: { ...now.report, causes: [paused] } } : now;
    },
    journal: {
      ...journal,
      write: (entry) => {
        if (isFull) throw new UserError('no space left');
        journal.write(entry);
      },
    },
  };
  const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, hands, wishes({ yes: true }));
  assert.match(cluster.lastWords(), /^done: Scale .*\nTo take it back: kubectl virtop undo 20260301-030000$/);
  assert.equal(
    repairs.map(({ action, outcome, reason }) => [action, outcome, reason]),
    [
      ['scale-up', 'notVerified', null],
      ['resume-rollout', 'refused', 'no space left'],
    ],
  );
});

test('a pod that was made since the first look is not deleted again', async () => {
  const cluster = fakeCluster({ recovers: false });
  const named = (name: string) =>
    finding({
      code: 'no-leader',
      object: { kind: 'Pod', namespace: 'kubevirt', name },
      mitigation: { action: 'restart-pod', automatic: true, command: '' },
    });
  const { send, look } = cluster.hands;
  const tried: string[] = [];
  const hands: Hands = {
    ...cluster.hands,
    look: async () => {
      const now = await look();
      const pod = { kind: 'Pod', metadata: { name: 'born-since', namespace: 'kubevirt', uid: 'b' } };
      const pods = { status: 'read' as const, value: [pod] };
      return cluster.writes.length === 0
        ? now
        : {
            report: { ...now.report, causes: [named('born-since')] },
            evidence: { ...now.evidence, reads: { ...now.evidence.reads, pods } },
          };
    },
    send: (request, how) => {
      if (request.method === 'DELETE') tried.push(request.path);
      return send(request, how);
    },
  };
  const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, hands, wishes({ yes: true }));
  assert.equal(tried, []);
  assert.is(repairs.length, 1);
});

test('an answer that fails in between is waited for', async () => {
  const cluster = fakeCluster({ answers: ['y'] });
  const said: string[] = [];
  let failures = 3;
  const away = { readAt: '', deployment: undefined, replicaSets: undefined, pods: undefined, lease: undefined };
  const follow: Hands['follow'] = (where) => {
    const follower = cluster.hands.follow(where);
    return {
      ...follower,
      state: () => (failures-- > 0 ? away : follower.state()),
      trouble: () => 'connection refused',
    };
  };
  const hands: Hands = { ...cluster.hands, follow, progress: (now) => now && said.push(now.text) };
  const { repairs } = await mitigate({ action: null, manualSteps: () => [] }, hands, wishes());
  assert.is(repairs[0]?.outcome, 'verified');
  assert.is(said[0], 'Waiting for the API server to answer: connection refused');
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
