import * as assert from 'uvu/assert';
import { run } from '../../src/cli.ts';
import { archiveOf, healthyCluster, type TestObject } from '../helpers/cluster.ts';
import { silence } from '../helpers/faults.ts';
import { testIo } from '../helpers/io.ts';
import { type ServerOptions, startServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('the command wait', { seconds: 20 });
const open: { close(): Promise<void> }[] = [];
test.after(() => Promise.all(open.map((one) => one.close())));

async function serve(objects: TestObject[], refused: string[] = [], behave?: ServerOptions['behave']) {
  const about = { refused: refused.map((path) => ({ path, status: 403, message: 'User "jane" cannot' })) };
  const server = await startServer(archiveOf(objects, about), { protocol: 'http', ...(behave && { behave }) });
  open.push(server);
  return server;
}

async function call(...args: string[]) {
  const io = testIo({ LANG: 'C.UTF-8', HOME: '/nonexistent', COLUMNS: '200' });
  const code = await run(['wait', ...args], 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

const SCALED = healthyCluster()
  .map((one) => (one.kind === 'Deployment' ? { ...one, spec: { ...(one.spec as object), replicas: 0 } } : one))
  .filter(({ kind }) => kind !== 'Pod' && kind !== 'ReplicaSet');

test('what is reached is one line, or the report', async () => {
  const { url } = await serve(healthyCluster());
  const counts = 'after 0s: 2/2 ready, leader virt-operator-1-a\n';
  assert.equal(await call('--server', url), { code: 0, stdout: `virt-operator is healthy ${counts}`, stderr: '' });
  assert.is((await call('--server', url, '--for=ready')).stdout, `virt-operator is ready ${counts}`);
  assert.is((await call('--server', url, '--for', 'leader')).stdout, `virt-operator has a leader ${counts}`);
  assert.equal(await call('--server', url, '-q'), { code: 0, stdout: '', stderr: '' });
  const { kind, verdict } = JSON.parse((await call('--server', url, '-o', 'json')).stdout);
  assert.equal([kind, verdict], ['OperatorReport', 'healthy']);
});

test('too late is 124, with what is waited for and the cause, and for a program with the report', async () => {
  const { url, requests } = await serve(SCALED);
  const { code, stdout, stderr } = await call('--server', url, '--timeout=300ms');
  assert.equal([code, stdout], [124, '']);
  assert.match(
    stderr,
    /^error: not seen within 0s that virt-operator is healthy: waiting for .*; cause: .*scaled to 0.*\n$/,
  );
  assert.ok(requests.some((one) => one.includes('/deployments?limit=1&fieldSelector=metadata.name%3Dvirt-operator')));
  const json = await call('--server', url, '--timeout=0', '-o', 'json');
  assert.equal([json.code, JSON.parse(json.stdout).verdict], [124, 'down']);
});

test('no answer and no KubeVirt are 1, a missing right is 5', async () => {
  const gone = await call('--server', 'http://127.0.0.1:1');
  assert.equal([gone.code, gone.stdout], [1, '']);
  assert.match(gone.stderr, /^error: cannot reach http:\/\/127\.0\.0\.1:1/);
  const { url: empty } = await serve(healthyCluster().filter(({ kind }) => kind === 'Node'));
  const none = await call('--server', empty);
  assert.is(none.code, 1);
  assert.match(none.stderr, /^error: there is nothing to wait for: /);
  const { url } = await serve(healthyCluster(), ['/api/v1/namespaces/kubevirt/pods']);
  assert.equal(await call('--server', url), {
    code: 5,
    stdout: '',
    stderr:
      'error: cannot tell whether virt-operator is healthy: may not read pods of virt-operator: this needs the right to list pods in namespace kubevirt; kubectl virtop can-i shows what is missing\n',
  });
});

test('a program gets a document also where there is no answer, or nothing to wait for', async () => {
  const gone = await call('--server', 'http://127.0.0.1:1', '-o', 'json');
  const { kind, verdict, causes } = JSON.parse(gone.stdout);
  assert.equal([gone.code, kind, verdict, causes[0].code], [1, 'OperatorReport', 'incomplete', 'api-unreachable']);
  const { url } = await serve(healthyCluster().filter(({ kind }) => kind === 'Node'));
  const none = await call('--server', url, '-o', 'yaml');
  assert.is(none.code, 1);
  assert.match(none.stdout, /^verdict: notInstalled$/m);
});

test('a server that says nothing does not hold it beyond its time', async () => {
  const { url } = await serve([], [], () => silence);
  const { code, stdout, stderr } = await call('--server', url, '--timeout=0', '--request-timeout=200ms', '-o', 'json');
  assert.equal([code, JSON.parse(stdout).causes[0].code], [124, 'api-unreachable']);
  assert.match(stderr, /^error: not seen within 0s that virt-operator is healthy: no answer from /);
  const brief = await call('--server', url, '--timeout=1h', '--request-timeout=200ms');
  assert.is(brief.code, 1, 'the request took too long, not the wait');
});

test('saved objects and unknown goals are refused', async () => {
  assert.is((await call('--from', '/nonexistent')).code, 2);
  const { code, stderr } = await call('--for=happy');
  assert.equal([code, stderr], [2, 'error: invalid value "happy" for --for: must be one of ready, leader, healthy\n']);
});

test.run();
