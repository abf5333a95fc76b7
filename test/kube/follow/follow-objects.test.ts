import * as assert from 'uvu/assert';
import { type Followed, type FollowHands, followObjects } from '../../../src/kube/follow/follow-objects.ts';
import { followQuestions } from '../../../src/kube/follow/follow-questions.ts';
import type { Answer, ApiRequest } from '../../../src/model/request.ts';
import { object, type TestObject } from '../../helpers/cluster.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('following objects');
const QUESTIONS = followQuestions('kubevirt', 'virt-operator');
const REFUSED: Answer = { status: 'failed', reason: 'api-unreachable', message: 'connection refused' };
const FORBIDDEN: Answer = { status: 'forbidden', message: 'User "jane" cannot watch pods' };
const SILENT: Answer = { status: 'failed', reason: 'timeout', message: 'no answer within 20s' };
const ENDED: Answer = { status: 'read', body: null };

function pod(name: string, resourceVersion = '1'): TestObject {
  return object('v1', 'Pod', { name, namespace: 'kubevirt', resourceVersion });
}

function listOf(...items: TestObject[]): Answer {
  return { status: 'read', body: { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '7' }, items } };
}

const event = (type: string, one: object) => JSON.stringify({ type, object: one });

/** One watch: what comes, how it ends, and how long it took. */
interface Watched {
  lines?: string[];
  end?: Answer;
  lasts?: number;
}

/** Follows pods (or another object) of a server that gives these answers one after the other, until it has no more. Tells in order what was asked, what was seen and how long was waited. */
async function story(answers: (Answer | Watched)[], key: 'pods' | 'deployment' = 'pods') {
  const told: string[] = [];
  const requests: ApiRequest[] = [];
  const over = new AbortController();
  let time = 0;
  const take = (): Answer | Watched => {
    const next = answers.shift();
    if (next) return next;
    over.abort();
    return ENDED;
  };
  const hands: FollowHands = {
    signal: over.signal,
    ticks: () => time,
    pause: async (milliseconds) => {
      time += milliseconds;
      if (!over.signal.aborted) told.push(`pause ${milliseconds}`);
    },
    publish: ({ objects, refusal }: Followed) => {
      told.push(
        refusal ? `unknown: ${refusal.message}` : `sees ${objects?.map((one) => one.metadata?.name).join(' ')}`,
      );
    },
    ask: async (request) => {
      requests.push(request);
      const answer = take();
      if (!('status' in answer)) throw new Error('a list was asked for, not a watch');
      return answer;
    },
    watch: async (request, onLine, { signal }) => {
      requests.push(request);
      told.push('watches');
      const { lines = [], end = ENDED, lasts = 60_000 } = take() as Watched;
      for (const line of lines) if (!signal.aborted) onLine(line, true);
      time += lasts;
      return end;
    },
  };
  await followObjects(key, QUESTIONS[key], hands);
  return { told, requests };
}

test('a watch begins where the list ended, and each of its events is seen', async () => {
  const lines = [
    event('ADDED', pod('b')),
    event('BOOKMARK', pod('x')),
    event('MODIFIED', pod('b', '2')),
    event('DELETED', pod('a')),
  ];
  const { told, requests } = await story([listOf(pod('a')), { lines }]);
  assert.equal(told, ['sees a', 'watches', 'sees a b', 'sees a b', 'sees b']);
  assert.equal(requests[1], {
    path: '/api/v1/namespaces/kubevirt/pods',
    query: {
      labelSelector: 'kubevirt.io=virt-operator',
      fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed',
      watch: '1',
      resourceVersion: '7',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '300',
    },
  });
});

test('after an expired version, a broken line and the end of a watch, the objects are listed anew', async () => {
  const expired = { lines: [event('ERROR', { kind: 'Status', code: 410 }), event('ADDED', pod('late'))] };
  const broken = { lines: ['{"type": "ADD', event('ADDED', pod('late'))] };
  const { told } = await story([
    listOf(pod('a')),
    expired,
    listOf(pod('b')),
    broken,
    listOf(pod('c')),
    { end: REFUSED },
    listOf(pod('d')),
  ]);
  assert.equal(told, ['sees a', 'watches', 'sees b', 'watches', 'sees c', 'watches', 'sees d', 'watches']);
});

test('what is not shaped as Kubernetes writes it is left out', async () => {
  const lines = [
    event('ADDED', []),
    event('ADDED', { metadata: {} }),
    JSON.stringify({ type: 'ADDED' }),
    event('DELETED', pod('unknown')),
  ];
  assert.equal((await story([listOf(pod('a')), { lines }])).told, ['sees a', 'watches']);
});

test('a server that is away is asked again, ever later up to five seconds', async () => {
  const { told } = await story([...Array(5).fill(REFUSED), listOf(pod('a')), { end: REFUSED }]);
  assert.equal(
    told.filter((one) => one.startsWith('pause')),
    ['pause 500', 'pause 1000', 'pause 2000', 'pause 4000', 'pause 5000'],
  );
  assert.equal([told[0], ...told.slice(-2)], ['unknown: connection refused', 'sees a', 'watches']);
});

test('where watching is forbidden it is asked for every two seconds', async () => {
  const { told } = await story([listOf(pod('a')), { end: FORBIDDEN }, listOf(pod('a')), listOf(pod('b'))]);
  assert.equal(told, ['sees a', 'watches', 'sees a', 'pause 2000', 'sees b', 'pause 2000']);
});

test('where one object may be read but not listed, it is asked for by name', async () => {
  const one: Answer = {
    status: 'read',
    body: object('apps/v1', 'Deployment', { name: 'virt-operator', resourceVersion: '3' }),
  };
  const { told, requests } = await story([FORBIDDEN, one, { status: 'absent' }], 'deployment');
  assert.equal(told, ['sees virt-operator', 'pause 2000', 'sees ', 'pause 2000']);
  assert.is(requests[1]?.path, '/apis/apps/v1/namespaces/kubevirt/deployments/virt-operator');
});

test('watches that end at once are given up after the third', async () => {
  const brief = { lasts: 0 };
  const { told } = await story([listOf(), brief, listOf(), brief, listOf(), brief, listOf(pod('a'))]);
  assert.is(told.filter((one) => one === 'watches').length, 3);
  assert.equal(told.slice(-2), ['sees a', 'pause 2000']);
});

test('a watch that kept a change to itself is not trusted again; one in which nothing happened is', async () => {
  const kept = await story([listOf(pod('a')), { end: SILENT }, listOf(pod('a', '2')), listOf(pod('a', '2'))]);
  assert.equal(kept.told, ['sees a', 'watches', 'sees a', 'pause 2000', 'sees a', 'pause 2000']);
  const quiet = await story([listOf(pod('a')), { end: SILENT }, listOf(pod('a'))]);
  assert.equal(quiet.told, ['sees a', 'watches', 'sees a', 'watches']);
});

test.run();
