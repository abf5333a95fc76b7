import * as assert from 'uvu/assert';
import type { Goal } from '../../../src/commands/flags/wait-flags.ts';
import { type Waited, waitFor } from '../../../src/commands/wait/wait-for.ts';
import type { Look } from '../../../src/mitigation/hands.ts';
import type { OperatorReport } from '../../../src/model/report.ts';
import type { OperatorFollower, OperatorState } from '../../../src/objects/operator/progress.ts';
import { healthyCluster, operatorPod, stateOf, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';
import { evidence, finding, report } from '../../helpers/view.ts';

const test = suite('waiting');
const UNREADY = { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] } };
const HEALTHY = healthyCluster();
const ONE_READY = [
  ...HEALTHY.filter(({ metadata }) => metadata?.name !== 'virt-operator-1-b'),
  operatorPod('virt-operator-1-b', 'cp-1', 'kubevirt', UNREADY),
];
const NO_LEADER = HEALTHY.filter(({ kind, metadata }) => kind !== 'Lease' || metadata?.name !== 'virt-operator');
const DOWN = report({ verdict: 'down', causes: [finding()] });

const UNKNOWN: OperatorState = { ...stateOf([]), deployment: undefined, pods: undefined, lease: undefined };

interface Story {
  goal?: Goal;
  timeout?: number;
  needsReport?: boolean;
  /** What a look at everything brings, the last one for ever; null is no answer. */
  looks: (Look | null)[];
  /** What the few objects are, second by second, the last for ever. */
  states?: OperatorState[];
}

/** Waits in a world where a second passes whenever nothing changes. */
async function waited({ goal = 'healthy', timeout = 60_000, needsReport = false, looks, states = [UNKNOWN] }: Story) {
  let time = 0;
  let look = 0;
  const said: string[] = [];
  let closed = 0;
  const follower: OperatorFollower = {
    state: () => states[Math.min(Math.floor(time / 1000), states.length - 1)] as OperatorState,
    trouble: () => 'connection refused',
    change: async () => {
      time += 1000;
    },
    close: async () => {
      closed += 1;
    },
  };
  const [first, ...rest] = looks;
  let followed = 0;
  const result: Waited = await waitFor(
    first as Look,
    { goal, timeout, needsReport },
    {
      look: async () => {
        const next = rest[Math.min(look++, rest.length - 1)];
        if (!next) throw new Error('no answer');
        return next;
      },
      follow: () => {
        followed += 1;
        return follower;
      },
      progress: (text) => said.push(text),
      ticks: () => time,
    },
    0,
  );
  assert.is(closed, followed);
  return { ...result, said, looks: look, followed };
}

async function lookAt(objects: TestObject[], concluded: OperatorReport, refused: string[] = []): Promise<Look> {
  return { evidence: await evidence(objects, refused), report: concluded };
}

test('what is so already is not waited for', async () => {
  const looks = [await lookAt(HEALTHY, report())];
  for (const goal of ['ready', 'leader', 'healthy'] as const) {
    const { outcome, followed, progress, seconds } = await waited({ goal, looks });
    assert.equal([outcome, followed, seconds], ['reached', 0, 0]);
    assert.equal([progress.ready, progress.desired, progress.leader], [2, 2, 'virt-operator-1-a']);
  }
});

test('each goal is reached by what it names, and by nothing less', async () => {
  const down = await lookAt([], DOWN);
  const ends = async (goal: Goal, objects: TestObject[]) =>
    (await waited({ goal, looks: [down, down], states: [UNKNOWN, stateOf(objects)], timeout: 3000 })).outcome;
  assert.equal(
    [await ends('ready', NO_LEADER), await ends('leader', NO_LEADER), await ends('healthy', NO_LEADER)],
    ['reached', 'timeout', 'timeout'],
  );
  assert.equal(
    [await ends('ready', ONE_READY), await ends('leader', ONE_READY), await ends('healthy', ONE_READY)],
    ['timeout', 'reached', 'timeout'],
  );
});

test('a lease that nobody renews any more is no leader, although nothing changed', async () => {
  const later = { ...stateOf(HEALTHY), readAt: '2026-03-01T03:01:00Z' };
  const looks = [await lookAt([], DOWN)];
  assert.is((await waited({ goal: 'leader', looks, states: [later], timeout: 2000 })).outcome, 'timeout');
});

test('healthy is what the report says: looked at once the objects look right, and again while it does not agree', async () => {
  const looks = [await lookAt(ONE_READY, DOWN), await lookAt(HEALTHY, DOWN), null, await lookAt(HEALTHY, report())];
  const states = [stateOf(ONE_READY), stateOf(ONE_READY), stateOf(HEALTHY)];
  const { outcome, seconds, looks: count, said } = await waited({ looks, states });
  assert.equal([outcome, seconds, count], ['reached', 12, 3]);
  assert.is(said[0], '1/2 pods Ready, waiting for pod virt-operator-1-b to be ready (0s)');
});

test('healthy is also found where the few objects never look right', async () => {
  const looks = [await lookAt(ONE_READY, DOWN), await lookAt(HEALTHY, report())];
  const { outcome, seconds, progress } = await waited({ looks, states: [stateOf(ONE_READY)] });
  assert.equal([outcome, seconds, progress.ready], ['reached', 30, 2]);
});

test('when the time is up, it is told what was still waited for and why', async () => {
  const down = await lookAt(ONE_READY, DOWN);
  const {
    outcome,
    seconds,
    text,
    report: last,
  } = await waited({ looks: [await lookAt([], DOWN), down], states: [stateOf(ONE_READY)], timeout: 4000 });
  assert.equal([outcome, seconds], ['timeout', 4]);
  assert.is(text, '1/2 pods Ready, waiting for pod virt-operator-1-b to be ready');
  assert.is(last, down.report);
});

test('a server that is away for a while is waited for', async () => {
  const looks = [await lookAt([], DOWN), null, await lookAt(HEALTHY, report())];
  const { outcome, said } = await waited({ looks, states: [UNKNOWN, UNKNOWN, stateOf(HEALTHY)] });
  assert.is(outcome, 'reached');
  assert.is(said[1], 'no answer, trying again: connection refused (1s)');
});

const PODS = '/api/v1/namespaces/kubevirt/pods';

test('what a user may never see is not waited for', async () => {
  const read = await evidence(HEALTHY, [PODS]);
  for (const goal of ['ready', 'leader', 'healthy'] as const) {
    const { outcome, text, followed } = await waited({
      goal,
      looks: [{ evidence: read, report: report({ verdict: 'incomplete' }) }],
    });
    assert.equal([outcome, followed], ['forbidden', 0]);
    assert.is(text, 'pods of virt-operator: this needs the right to list pods in namespace kubevirt');
  }
});

test('a goal that does not need the lease is reached without the right to it', async () => {
  const lease = '/apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-operator';
  const looks = [await lookAt(HEALTHY, report({ verdict: 'incomplete' }), [lease])];
  assert.is((await waited({ goal: 'ready', looks })).outcome, 'reached');
  const noLease = { ...stateOf(HEALTHY), lease: undefined };
  const down = [await lookAt([], DOWN)];
  assert.is((await waited({ goal: 'ready', looks: down, states: [noLease] })).outcome, 'reached');
});

test('a refusal in the middle must stand: an API server that just started may give one', async () => {
  const down = await lookAt(ONE_READY, DOWN);
  const refused = await lookAt(HEALTHY, report({ verdict: 'incomplete' }), [PODS]);
  const states = [stateOf(HEALTHY)];
  const passing = await waited({ looks: [down, refused, await lookAt(HEALTHY, report())], states });
  assert.is(passing.outcome, 'reached');
  const standing = await waited({ looks: [down, refused], states });
  assert.equal([standing.outcome, standing.seconds], ['forbidden', 5]);
});

test('where the report is wanted, it is read anew once the goal is reached', async () => {
  const fresh = await lookAt(HEALTHY, report());
  const { outcome, report: last } = await waited({
    goal: 'ready',
    needsReport: true,
    looks: [await lookAt([], DOWN), null, fresh],
    states: [stateOf(HEALTHY)],
  });
  assert.is(outcome, 'reached');
  assert.is(last, fresh.report);
});

test.run();
