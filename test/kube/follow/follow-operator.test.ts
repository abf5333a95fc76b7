import * as assert from 'uvu/assert';
import { askArchive } from '../../../src/archive/store.ts';
import { followOperator } from '../../../src/kube/follow/follow-operator.ts';
import type { Ask } from '../../../src/model/request.ts';
import { archiveOf, healthyCluster } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('following virt-operator', { seconds: 10 });
const WHERE = { namespace: 'kubevirt', name: 'virt-operator' };
const never = () => new Promise<never>(() => undefined);

/** Follows until the condition holds. */
async function followed(
  ask: Ask,
  ticks: () => number,
  holds: (follower: ReturnType<typeof followOperator>) => boolean,
) {
  const follower = followOperator({ ask, watch: never }, WHERE, ticks);
  while (!holds(follower)) await follower.change(5000);
  return follower;
}

test('the objects are those of the operator, and the time is the server’s, which goes on', async () => {
  let time = 5;
  const follower = await followed(
    askArchive(archiveOf(healthyCluster())),
    () => time,
    (one) => one.state().lease !== undefined,
  );
  const { deployment, replicaSets, pods, lease, readAt } = follower.state();
  assert.equal(
    [deployment?.metadata?.name, replicaSets?.length, pods?.length, lease?.spec?.holderIdentity, readAt],
    ['virt-operator', 1, 2, 'virt-operator-1-a', '2026-03-01T03:00:00.000Z'],
  );
  time += 90_000;
  assert.is(follower.state().readAt, '2026-03-01T03:01:30.000Z');
  assert.is(follower.trouble(), null);
  await follower.close();
});

test('what is not there is null, what cannot be read is not known, with the reason', async () => {
  const refused = [{ path: '/api/v1/namespaces/kubevirt/pods', status: 403, message: 'jane cannot list pods' }];
  const ask = askArchive(archiveOf([], { refused }));
  const follower = await followed(
    ask,
    () => 0,
    (one) => one.trouble() !== null && one.state().lease !== undefined,
  );
  const { deployment, pods, lease } = follower.state();
  assert.equal([deployment, pods, lease], [null, undefined, null]);
  assert.is(follower.trouble(), 'jane cannot list pods');
  await follower.close();
});

test.run();
