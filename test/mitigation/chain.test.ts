import * as assert from 'uvu/assert';
import type { Hands } from '../../src/mitigation/hands.ts';
import { mitigate } from '../../src/mitigation/mitigate.ts';
import { suite } from '../helpers/suite.ts';
import { finding } from '../helpers/view.ts';
import { fakeCluster, wishes } from './fake-cluster.ts';

const test = suite('one repair after the other');

/** What becomes of a cluster whose Deployment is paused, too, and whose pods do not come back. */
async function mendedIn(timeout: number) {
  const cluster = fakeCluster({ recovers: false });
  const { send, look } = cluster.hands;
  const mitigation = { action: 'resume-rollout', automatic: true, command: '' } as const;
  const paused = finding({ code: 'deployment-paused', mitigation });
  const spec = () => cluster.deployment().spec as { paused?: boolean };
  const hands: Hands = {
    ...cluster.hands,
    send: async (request, how) => {
      if (how.dryRun) return { status: 'noDryRun', message: '' };
      const answer = await send(request, how);
      if (request.path.endsWith('/scale')) cluster.write({ spec: { ...spec(), paused: true } });
      return answer;
    },
    look: async () => {
      const now = await look();
      return spec().paused ? { ...now, report: { ...now.report, causes: [paused] } } : now;
    },
  };
  const asked = { action: null, manualSteps: () => [] };
  const { repairs } = await mitigate(asked, hands, wishes({ yes: true, timeout }));
  const shown = cluster.shown.map((one) => [one.action, one.outcome, one.next]);
  if (repairs.length > 1) assert.equal(shown.slice(1, -1), [['scale-up', 'notVerified', null]]);
  return repairs.map(({ action, outcome, seconds }) => [action, outcome, seconds]);
}

test('all repairs of a run share the time to watch', async () => {
  assert.equal(await mendedIn(60_000), [
    ['scale-up', 'notVerified', 40],
    ['resume-rollout', 'notVerified', 20],
  ]);
});

test('once the time is up, or too short to prove anything, nothing more is changed', async () => {
  for (const timeout of [0, 30_000, 44_000]) {
    const seconds = Math.min(timeout / 1000, 40);
    assert.equal(await mendedIn(timeout), [['scale-up', 'notVerified', seconds]]);
  }
});

test.run();
