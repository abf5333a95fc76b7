import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { fixturePath } from '../helpers/fixture.ts';
import { testIo } from '../helpers/io.ts';
import { published } from '../helpers/schema.ts';
import { startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('-o', { seconds: 20 });
const DOWN = ['--from', fixturePath('deployment-scaled-to-zero', 'cluster.yaml')];
const home = mkdtempSync(join(tmpdir(), 'virtop-output-'));
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

const DOCUMENT = ['json', 'jsonpath=', 'text', 'yaml'];
const WIDE = ['json', 'jsonpath=', 'text', 'wide', 'yaml'];
const ALL = ['json', 'jsonpath=', 'junit', 'markdown', 'name', 'text', 'wide', 'yaml'];
const ALLOWED: Record<string, readonly string[]> = {
  status: ALL,
  describe: ALL,
  mitigate: DOCUMENT,
  undo: DOCUMENT,
  wait: DOCUMENT,
  alerts: WIDE,
  explain: DOCUMENT,
  'can-i': WIDE,
  version: DOCUMENT,
};

test('a format that a command does not know is refused in one line with those that it knows', async () => {
  for (const { name, flags } of COMMANDS) {
    const allowed = ALLOWED[name];
    assert.is(
      flags.some((flag) => flag.name === 'output'),
      allowed !== undefined,
      name,
    );
    for (const format of ['table', 'json=x', ...ALL.filter((one) => allowed && !allowed.includes(one))]) {
      const said = `unable to match a printer suitable for the output format "${format}", allowed formats are: ${allowed}`;
      const result = await call(name, `--output=${format}`);
      assert.is(result.code, 2);
      assert.is(result.stdout, '');
      const message = allowed ? said : 'unknown flag: --output';
      assert.ok(result.stderr.startsWith(`error: ${message}`) && /^[^\n]+\n$/.test(result.stderr), result.stderr);
    }
  }
});

test('jsonpath picks from every document, however it is given', async () => {
  for (const args of [['-o', 'jsonpath={.verdict}'], ['-ojsonpath={.verdict}'], ['--output=JSONPath={.verdict}']]) {
    for (const command of ['status', 'describe', 'alerts']) {
      assert.equal(await call(command, ...args, ...DOWN), { code: 3, stdout: 'down', stderr: '' }, command);
    }
  }
  const at = ['--server', server.url, '-o'];
  const picks: [args: string[], stdout: string][] = [
    [['version', '--client', '-o', 'jsonpath={.clientVersion}'], 'v0.1.0'],
    [['version', ...at, 'jsonpath={.kind} {.serverVersion}'], 'VersionReport v1.36.3'],
    [['explain', 'cordoned', '-o', 'jsonpath={.code}'], 'cordoned'],
    [['mitigate', '--list', '-o', 'jsonpath={.actions[0].name}'], 'scale-up'],
    [['mitigate', '--yes', ...at, 'jsonpath={.repairs[*].outcome}'], 'notNeeded'],
    [['undo', '--list', '-o', 'jsonpath={.kind}{.repairs}'], 'RepairList[]'],
    [['wait', ...at, 'jsonpath={.operator.ready}'], '2'],
  ];
  for (const [args, stdout] of picks)
    assert.equal(await call(...args), { code: 0, stdout, stderr: '' }, args.join(' '));
  assert.match((await call('can-i', ...at, 'jsonpath={.kind}')).stdout, /^CanIList$/);
  assert.is((await call('can-i', '--role', ...at, 'jsonpath={.items[0].kind}')).stdout, 'ClusterRole');
});

test('a template that cannot be read is wrong usage, before anything is asked; one that does not fit is 1', async () => {
  const nowhere = ['--server', 'http://127.0.0.1:1', '-o'];
  assert.equal(await call('status', ...nowhere, 'jsonpath={.verdict'), {
    code: 2,
    stdout: '',
    stderr: 'error: error parsing jsonpath {.verdict: unclosed action\n',
  });
  assert.match(
    (await call('status', ...nowhere, 'jsonpath=')).stderr,
    /^error: template format specified but no template given/,
  );
  assert.equal(await call('status', ...DOWN, '-o', 'jsonpath={.causes[7].code}'), {
    code: 1,
    stdout: '',
    stderr: 'error: error executing jsonpath "{.causes[7].code}": array index out of bounds: index 7, length 1\n',
  });
  assert.match((await call('status', ...nowhere, 'jsonpath={.causes[7].code}')).stderr, /^error: cannot reach/);
});

test('where nobody answers each format for programs says so on stdout', async () => {
  const expected: Record<string, RegExp> = {
    json: /"code": "api-unreachable"/,
    yaml: /code: api-unreachable/,
    name: /^$/,
    markdown: /## Cause: `api-unreachable`/,
    junit: /<failure message="cannot reach/,
    'jsonpath={.causes[0].code}': /^api-unreachable$/,
    text: /^$/,
  };
  for (const [format, pattern] of Object.entries(expected)) {
    for (const command of ['status', 'describe']) {
      const { code, stdout, stderr } = await call(command, '--server', 'http://127.0.0.1:1', '-o', format);
      assert.is(code, 1);
      assert.match(stdout, pattern);
      assert.match(stderr, /^error: cannot reach [^\n]*\n$/);
    }
  }
});

test('what is narrowed to a subject is a page for people', async () => {
  const { code, stderr } = await call('describe', 'cordoned', '-o', 'json', ...DOWN);
  assert.equal([code, stderr.split('\n').length], [2, 2]);
  assert.match(stderr, '-o json prints the whole report: leave out cordoned');
  assert.is((await call('describe', 'pods', '-o', 'wide', '--server', server.url)).code, 0);
});

test('every document keeps to its schema', async () => {
  const at = ['--server', server.url, '-o', 'json'];
  const json = async (...args: string[]) => (await call(...args)).stdout;
  published('report', await json('status', ...DOWN, '-o', 'json'));
  published('report', await json('describe', ...DOWN, '-o', 'json'));
  published('report', await json('wait', ...at));
  published('alert-list', await json('alerts', ...at));
  published('can-i-list', await json('can-i', ...at));
  published('explanation', await json('explain', '-o', 'json'));
  published('repair', await json('mitigate', '--list', '-o', 'json'));
  published('repair', await json('mitigate', '--yes', ...at));
  published('repair', await json('undo', '--list', '-o', 'json'));
  published('version', await json('version', ...at));
  published('version', await json('version', '--client', '-o', 'json'));
  const unknown = await call('version', '--server', 'http://127.0.0.1:1', '-o', 'json');
  const { clientVersion, serverVersion } = published('version', unknown.stdout);
  assert.equal([unknown.code, clientVersion, serverVersion], [1, 'v0.1.0', null]);
});

test.run();
