import * as assert from 'uvu/assert';
import { type Seen, watchStatus } from '../../../src/commands/watch/watch-status.ts';
import type { Look } from '../../../src/mitigation/hands.ts';
import { AccessError } from '../../../src/model/errors.ts';
import type { Deployment, Lease, Pod } from '../../../src/model/kubernetes.ts';
import type { OperatorFollower, OperatorState } from '../../../src/objects/operator/progress.ts';
import { healthyCluster, operatorPod, READ_AT } from '../../helpers/cluster.ts';
import { rejects, suite } from '../../helpers/suite.ts';
import { evidence, report } from '../../helpers/view.ts';

const test = suite('watching');
const EVIDENCE = await evidence(healthyCluster());
const HEALTHY: Look = { evidence: EVIDENCE, report: report() };
const DOWN: Look = { evidence: EVIDENCE, report: report({ verdict: 'down' }) };
const NOWHERE: Look = { evidence: await evidence([]), report: report({ verdict: 'notInstalled' }) };
const GONE = new AccessError('api-unreachable', 'cannot reach it');

function state(podVersion: string, renewTime = '2026-03-01T02:59:57.000000Z'): OperatorState {
  const pod = operatorPod('virt-operator-1-a', 'cp-0');
  const held = healthyCluster().find(({ kind, metadata }) => kind === 'Lease' && metadata?.name === 'virt-operator');
  return {
    readAt: READ_AT,
    deployment: { metadata: { name: 'virt-operator', resourceVersion: '1' } } as Deployment,
    replicaSets: [],
    pods: [{ ...pod, metadata: { ...pod.metadata, resourceVersion: podVersion } } as Pod],
    lease: { ...held, spec: { ...(held as Lease).spec, renewTime } } as Lease,
  };
}

/** Watches for so many seconds in a world where one passes whenever nothing else does: when it looked, what it showed, what it followed. */
async function watched(seconds: number, look: (second: number) => Look | Error, stateAt = (_: number) => state('1')) {
  let time = 0;
  const looks: number[] = [];
  const shown: Seen[] = [];
  const followed: string[] = [];
  let closed = 0;
  const tick = async () => {
    time += 1000;
  };
  const follower: OperatorFollower = {
    state: () => stateAt(time / 1000),
    trouble: () => null,
    change: tick,
    close: async () => {
      closed += 1;
    },
  };
  await watchStatus({
    look: async () => {
      looks.push(time / 1000);
      const answer = look(time / 1000);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    show: (seen) => shown.push(seen),
    follow: ({ namespace, name }) => {
      followed.push(`${namespace}/${name}`);
      return follower;
    },
    pause: tick,
    ticks: () => time,
    now: () => `second ${time / 1000}`,
    isOver: () => time >= seconds * 1000,
  });
  assert.is(closed, followed.length);
  return { looks, shown, followed };
}

test('while nothing changes it looks now and then, more often while something is wrong', async () => {
  // The first time the followed objects are news.
  assert.equal((await watched(70, () => HEALTHY)).looks, [0, 3, 33, 63]);
  assert.equal((await watched(30, () => DOWN)).looks, [0, 3, 13, 23]);
});

test('a change is looked at soon, many changes no more often than every three seconds', async () => {
  assert.equal(
    (
      await watched(
        30,
        () => HEALTHY,
        (second) => state(second < 15 ? '1' : '2'),
      )
    ).looks,
    [0, 3, 15],
  );
  assert.equal(
    (
      await watched(
        20,
        () => HEALTHY,
        (second) => state(`${second}`),
      )
    ).looks,
    [0, 3, 6, 9, 12, 15, 18],
  );
});

test('a renewed lease is no change, a lost leader is', async () => {
  const renewed = (second: number) => state('1', `2026-03-01T02:59:${10 + Math.floor(second)}.000000Z`);
  assert.equal((await watched(30, () => HEALTHY, renewed)).looks.length, 2);
  const lost = (second: number) => state('1', second < 10 ? undefined : '2026-03-01T02:00:00.000000Z');
  assert.equal((await watched(12, () => HEALTHY, lost)).looks, [0, 3, 10]);
});

test('where nobody answers it says since when, keeps what it knew, and tries again less and less often', async () => {
  const { looks, shown } = await watched(100, (second) => (second < 3 ? HEALTHY : GONE));
  assert.equal(looks, [0, 3, 6, 12, 24, 48, 78]);
  assert.equal(shown[0], { look: HEALTHY, trouble: null });
  for (const seen of shown.slice(1)) assert.equal(seen, { look: HEALTHY, trouble: { error: GONE, since: 'second 3' } });
});

test('it begins without an answer too, and follows the operator once it is found', async () => {
  const { looks, shown, followed } = await watched(
    12,
    (second) => [GONE, NOWHERE, DOWN][Math.floor(second / 3)] ?? DOWN,
  );
  assert.equal(looks, [0, 3]);
  assert.equal([shown[0]?.look, shown[1]?.trouble, followed], [null, null, []]);
  const later = await watched(20, (second) => (second < 10 ? GONE : DOWN));
  assert.equal([later.looks, later.followed], [[0, 3, 9, 21].slice(0, 3), []]);
  assert.equal((await watched(9, () => DOWN)).followed, ['kubevirt/virt-operator']);
});

test('an error of its own ends it', async () => {
  await rejects(
    watched(9, () => new TypeError('a bug')),
    TypeError,
  );
});

test.run();
