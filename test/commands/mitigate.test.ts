import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli.ts';
import { ACTION_NAMES } from '../../src/model/action.ts';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { fixturePath } from '../helpers/fixture.ts';
import { testIo } from '../helpers/io.ts';
import { startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('mitigate and undo');
const home = mkdtempSync(join(tmpdir(), 'virtop-commands-'));
let server: TestServer;

test.before(async () => {
  server = await startServer(archiveOf(healthyCluster()), { protocol: 'http' });
});
test.after(async () => {
  await server.close();
  rmSync(home, { recursive: true });
});

async function call(...args: string[]) {
  const io = testIo({ LANG: 'C.UTF-8', HOME: home });
  const code = await run(args, 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

test('saved objects are never changed', async () => {
  for (const command of ['mitigate', 'fix', 'undo']) {
    const { code, stderr } = await call(command, '--from', fixturePath('deployment-scaled-to-zero'));
    assert.is(code, 2);
    assert.match(stderr, /^error: saved objects cannot be repaired; leave out --from/);
  }
});

test('a list shows every action with its risk, rights and way back, and asks no cluster', async () => {
  const { code, stdout } = await call('mitigate', '--list');
  assert.is(code, 0);
  for (const name of ACTION_NAMES) assert.match(stdout, new RegExp(`^${name}$`, 'm'));
  assert.match(stdout, 'RIGHTS');
  const { actions } = JSON.parse((await call('fix', '--list', '-o', 'json')).stdout);
  assert.equal(
    actions.map(({ name }: { name: string }) => name),
    ACTION_NAMES,
  );
});

test('the other name is in the help, and means the same', async () => {
  const { stdout } = await call('mitigate', '--help');
  assert.match(stdout, /^Aliases:\n {2}mitigate, fix$/m);
  assert.is((await call('fix', '--help')).stdout, stdout);
});

test('the help of both says what their exit codes mean', async () => {
  for (const command of ['mitigate', 'undo']) {
    const { stdout } = await call(command, '--help');
    assert.match(stdout, /^Exit codes:\n {2}0 /m);
    assert.match(stdout, /^ {2}8 +nothing was changed: /m);
  }
});

test('an action that does not exist is refused with the nearest', async () => {
  const { code, stderr } = await call('mitigate', 'scaleup', '--server', server.url);
  assert.equal([code, stderr], [2, 'error: unknown action "scaleup"; did you mean scale-up?\n']);
});

test('wrong values are refused before anything is read', async () => {
  assert.match((await call('mitigate', '--dry-run=maybe')).stderr, 'must be one of none, client, server');
  assert.match((await call('mitigate', '--timeout=soon')).stderr, 'invalid value "soon" for --timeout');
});

test('where virt-operator works there is nothing to repair', async () => {
  const { code, stdout } = await call('mitigate', '--yes', '--server', server.url);
  assert.equal([code, stdout], [0, 'NOTHING   to repair: virt-operator works\n']);
});

test('a named action that nothing calls for changes nothing', async () => {
  const { code, stdout } = await call('mitigate', 'uncordon', '--yes', '--server', server.url);
  assert.equal(
    [code, stdout],
    [8, 'NOTHING   was changed: uncordon does not apply: nothing that was found calls for\n          it\n'],
  );
});

test('undo without a journal says so', async () => {
  const { code, stderr } = await call('undo', '--server', server.url);
  assert.is(code, 2);
  assert.match(stderr, 'nothing to take back in this cluster');
  assert.match((await call('undo', '20260301-030000', '--server', server.url)).stderr, 'no repair 20260301-030000');
  assert.is((await call('undo', '--list')).stdout, 'Nothing was changed from this machine.\n');
});

test.run();
