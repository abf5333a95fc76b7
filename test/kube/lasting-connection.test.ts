import * as assert from 'uvu/assert';
import { lastingConnection } from '../../src/kube/lasting-connection.ts';
import type { Login } from '../../src/kube/open-cluster.ts';
import type { Transport } from '../../src/kube/wire/transport.ts';
import { AccessError } from '../../src/model/errors.ts';
import type { Answer, FailureReason } from '../../src/model/request.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('lasting connection');
const GOOD: Answer = { status: 'read', body: {} };
const LIMITS = { silenceMs: 1, signal: new AbortController().signal };
const failed = (reason: FailureReason): Answer => ({ status: 'failed', reason, message: 'it says no' });

/** A login whose connections give these answers, whatever connection is asked; tells what was opened, closed and asked. */
function world(answers: (Answer | Promise<Answer>)[], logInAgain: () => void = () => undefined) {
  const told: string[] = [];
  const loginNamed = (name: string): Login => {
    let count = 0;
    const open = (): Transport => {
      count += 1;
      const own = `${name}${count}`;
      told.push(`open ${own}`);
      const next = () => {
        told.push(`ask ${own}`);
        return Promise.resolve(answers.shift() ?? GOOD);
      };
      const send = () => Promise.reject(new Error('nothing is ever sent'));
      return { ask: next, watch: next, send, close: () => told.push(`close ${own}`) };
    };
    return { cluster: { context: null, server: null, user: null }, otherContexts: [], hasExpired: () => false, open };
  };
  const again = async () => {
    told.push('log in');
    logInAgain();
    return loginNamed('b');
  };
  return { told, connection: lastingConnection(loginNamed('a'), again) };
}

test('what failed is answered as failed, and the next question goes over a new connection', async () => {
  const { told, connection } = world([GOOD, failed('api-unreachable')]);
  assert.is((await connection.ask({ path: '/' })).status, 'read');
  assert.is((await connection.ask({ path: '/' })).status, 'failed');
  assert.is((await connection.ask({ path: '/' })).status, 'read');
  connection.close();
  assert.equal(told, ['open a1', 'ask a1', 'ask a1', 'open a2', 'close a1', 'ask a2', 'close a2']);
});

test('several that fail together open one new connection', async () => {
  const { told, connection } = world([failed('timeout'), failed('timeout'), failed('timeout')]);
  await Promise.all([1, 2, 3].map(() => connection.ask({ path: '/' })));
  assert.equal(
    told.filter((one) => one.startsWith('open')),
    ['open a1', 'open a2'],
  );
});

test('an overloaded server, a missing right and a watch in which nothing happens change nothing', async () => {
  const { told, connection } = world([
    failed('api-throttled'),
    { status: 'forbidden', message: 'no' },
    failed('timeout'),
  ]);
  await connection.ask({ path: '/' });
  await connection.ask({ path: '/' });
  await connection.watch({ path: '/' }, () => undefined, LIMITS);
  assert.equal(
    told.filter((one) => one.startsWith('open')),
    ['open a1'],
  );
});

test('a login that has expired is made anew, once', async () => {
  const { told, connection } = world([failed('auth-unauthorized'), failed('auth-unauthorized')]);
  await Promise.all([connection.ask({ path: '/' }), connection.ask({ path: '/' })]);
  assert.equal(
    told.filter((one) => !one.startsWith('ask')),
    ['open a1', 'log in', 'open b1', 'close a1'],
  );
});

test('what an old connection answers late changes nothing any more', async () => {
  const late = Promise.withResolvers<Answer>();
  const { told, connection } = world([failed('auth-unauthorized'), late.promise]);
  const both = [connection.ask({ path: '/' }), connection.ask({ path: '/' })];
  await both[0];
  late.resolve(failed('auth-unauthorized'));
  await both[1];
  assert.equal(
    told.filter((one) => !one.startsWith('ask')),
    ['open a1', 'log in', 'open b1', 'close a1'],
  );
});

test('a login that fails is the answer, and tried again later', async () => {
  let isBroken = true;
  const { told, connection } = world([failed('auth-unauthorized'), failed('auth-unauthorized')], () => {
    if (isBroken) throw new AccessError('exec-plugin-failed', 'the login program failed');
  });
  const answer = await connection.ask({ path: '/' });
  assert.is(answer.status === 'failed' && answer.message, 'the login program failed');
  isBroken = false;
  await connection.ask({ path: '/' });
  assert.equal(
    told.filter((one) => !one.startsWith('ask')),
    ['open a1', 'log in', 'log in', 'open b1', 'close a1'],
  );
});

test('what ends when it is closed opens nothing new', async () => {
  const late = Promise.withResolvers<Answer>();
  const { told, connection } = world([late.promise]);
  const watching = connection.watch({ path: '/' }, () => undefined, LIMITS);
  connection.close();
  late.resolve(failed('api-unreachable'));
  await watching;
  assert.equal(told, ['open a1', 'ask a1', 'close a1']);
});

test.run();
