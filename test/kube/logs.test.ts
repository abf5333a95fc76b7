import * as assert from 'uvu/assert';
import { askArchive } from '../../src/archive/store.ts';
import { gather } from '../../src/kube/read/gather.ts';
import type { ContainerLog } from '../../src/model/container-log.ts';
import type { Answer, ApiRequest } from '../../src/model/request.ts';
import { archiveOf, type TestObject } from '../helpers/cluster.ts';
import { suite } from '../helpers/suite.ts';
import { crashingPod, installed, patched, without } from '../rules/outage.ts';

const test = suite('reading logs');
const cluster = { context: null, server: null, user: null };
const healthy = installed();
const noPods = without(healthy, 'Pod');
const leaderless = without(healthy, 'Lease/virt-operator');
const PODS = '/api/v1/namespaces/kubevirt/pods';
const EMPTY = { message: '' };

/** What is read of these objects' logs, and how each was asked for; `answer` stands for the API server. */
async function logsOf(objects: TestObject[], answer: (request: ApiRequest) => Answer | object = () => ({ text: 'x' })) {
  const archive = askArchive(archiveOf(objects));
  const asked: string[] = [];
  const { reads } = await gather(
    async (request) => {
      if (request.form !== 'text') return archive(request);
      const { container, previous, tailLines, limitBytes } = request.query ?? {};
      asked.push(
        `${request.path.replace(`${PODS}/`, '')} ${container} ${previous ?? 'false'} ${tailLines} ${limitBytes}`,
      );
      assert.is(request.withinMs, 3000);
      const given = answer(request);
      return 'status' in given ? (given as Answer) : { status: 'read', body: given };
    },
    { cluster },
  );
  const { operatorLogs } = reads;
  return { asked, operatorLogs, logs: operatorLogs.status === 'read' ? operatorLogs.value : null };
}

const failed = (message: string, reason = 'api-degraded') => ({ status: 'failed', reason, message });
const text = (log: ContainerLog | undefined) => log?.text;

test('no log is asked for where the pods say all, or none is to blame', async () => {
  const sound: [string, TestObject[]][] = [
    ['all is well', healthy],
    ['known last words', [...noPods, crashingPod('a', { message: "cannot find virt-operator's image" })]],
    ['out of memory', [...noPods, crashingPod('a', { ...EMPTY, exitCode: 137, reason: 'OOMKilled' })]],
    ['never started', [...noPods, crashingPod('a', { ...EMPTY, exitCode: 128, reason: 'StartError' })]],
    ['not found', [...noPods, crashingPod('a', { ...EMPTY, exitCode: 127 })]],
    ['no pods', noPods],
  ];
  for (const [name, objects] of sound) assert.is((await logsOf(objects)).operatorLogs.status, 'unneeded', name);
});

test('no log is asked of a kubelet whose node is gone', async () => {
  assert.equal((await logsOf(without(leaderless, 'Node/cp-0', 'Node/cp-1'))).asked, []);
});

test('no log is asked of a kubelet that is silent', async () => {
  const silent = patched(leaderless, 'Node', { status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } });
  assert.equal((await logsOf(silent)).asked, []);
});

test('two containers that ended without known words, the newest first', async () => {
  const pods = ['a', 'b', 'c'].map((name, index) =>
    crashingPod(name, { message: 'starting', finishedAt: `2026-03-01T02:5${index}:00Z` }),
  );
  assert.equal((await logsOf([...noPods, ...pods])).asked, [
    'c/log virt-operator true 200 65536',
    'b/log virt-operator true 200 65536',
  ]);
});

test('a container that has just ended has its last words in the present log', async () => {
  const ended = { exitCode: 1, reason: 'Error', finishedAt: '2026-03-01T02:59:59Z' };
  const [pod] = patched([crashingPod('a', {})], 'Pod', {
    status: {
      containerStatuses: [{ name: 'virt-operator', ready: false, state: { terminated: ended }, lastState: {} }],
    },
  });
  assert.equal((await logsOf([...noPods, pod as TestObject])).asked, ['a/log virt-operator false 200 65536']);
});

test('a panic whose own line was cut off', async () => {
  const stack = 'goroutine 1 [running]:\nmain.main()\n\t/x.go:1';
  assert.is((await logsOf([...noPods, crashingPod('a', { exitCode: 2, message: stack })])).asked.length, 1);
  const whole = `panic: unreachable\n${stack}`;
  assert.is((await logsOf([...noPods, crashingPod('a', { exitCode: 2, message: whole })])).asked.length, 0);
});

test('Ready pods none of which leads are asked for what they do now', async () => {
  assert.equal((await logsOf(leaderless)).asked, [
    'virt-operator-1-a/log virt-operator false 200 65536',
    'virt-operator-1-b/log virt-operator false 200 65536',
  ]);
});

test('a lost lease whose reason may be cut off', async () => {
  const lost = (filler: string) => [...noPods, crashingPod('a', { message: `${filler}leaderelection lost` })];
  assert.is((await logsOf(lost(''))).asked.length, 0);
  assert.is((await logsOf(lost('x\n'.repeat(1000)))).asked.length, 1);
});

const crashed = [...noPods, crashingPod('a', EMPTY)];
const NONE = 'previous terminated container "virt-operator" in pod "a" not found';

test('where the last run is forgotten, the present one is asked', async () => {
  const { asked, logs } = await logsOf(crashed, ({ query }) =>
    query?.previous ? failed(NONE, 'not-kubernetes') : { text: 'now\n' },
  );
  assert.equal(asked, ['a/log virt-operator true 200 65536', 'a/log virt-operator false 200 65536']);
  assert.equal(logs, [
    { pod: 'a', container: 'virt-operator', previous: false, text: 'now', cut: false, failure: null },
  ]);
});

test('where long lines leave no room for the last ones, fewer are asked for', async () => {
  const { asked, logs } = await logsOf(crashed, ({ query }) => ({
    text: query?.tailLines === '200' ? 'x'.repeat(65_536) : 'the end\n',
  }));
  assert.equal(asked, ['a/log virt-operator true 200 65536', 'a/log virt-operator true 10 65536']);
  assert.is(text(logs?.[0]), 'the end');
});

test('what the API server says of a kubelet is evidence, and keeps nothing else back', async () => {
  const words =
    'Get "https://10.0.1.1:10250/containerLogs/kubevirt/a/virt-operator": dial tcp 10.0.1.1:10250: connect: connection refused';
  for (const failure of [failed(words), failed('no answer within 3s', 'timeout')]) {
    const { asked, logs } = await logsOf(crashed, () => failure);
    assert.is(asked.length, 1);
    assert.equal(
      logs?.map((log) => [log.text, log.failure]),
      [['', failure.message]],
    );
  }
});

test('a refusal is one, and names the right', async () => {
  const refused = { status: 'forbidden', message: 'pods "a" is forbidden: cannot get resource "pods/log"' };
  assert.equal((await logsOf(crashed, () => refused)).operatorLogs, refused);
});

test('a log is redacted, and its lines and their number are bounded', async () => {
  const long = `${'y'.repeat(5000)} password=Hunter2-s3cr3t`;
  const key = '-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0\nbW9yZQ\n-----END RSA PRIVATE KEY-----';
  const { logs } = await logsOf(crashed, () => ({
    text: `${'old\n'.repeat(300)}${long}\n${key}\ntoken=Hunter2-s3cr3t\n\u001b[2Jend\n`,
  }));
  const lines = (text(logs?.[0]) ?? '').split('\n');
  assert.ok(logs?.[0]?.cut);
  assert.ok(lines.length <= 200, `${lines.length} lines`);
  assert.ok(lines.every((line) => line.length <= 4096));
  assert.not.match(lines.join('\n'), /Hunter2|c2VjcmV0|bW9yZQ/);
  assert.equal(lines.slice(-3), ['<redacted>', 'token=<redacted>', '\u001b[2Jend']);
});

test('a body that is no text is no log', async () => {
  assert.is((await logsOf(crashed, () => ({ text: 7 }))).operatorLogs.status, 'failed');
});

test.run();
