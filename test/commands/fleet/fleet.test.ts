import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { run } from '../../../src/cli.ts';
import type { FleetReport } from '../../../src/model/fleet.ts';
import { archiveOf, healthyCluster } from '../../helpers/cluster.ts';
import { page, silence, status } from '../../helpers/faults.ts';
import { testIo } from '../../helpers/io.ts';
import { type Place, writeKubeconfig } from '../../helpers/kubeconfig.ts';
import { type ServerOptions, startServer, type TestServer } from '../../helpers/server.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('fleet', { seconds: 30 });
const schema = JSON.parse(readFileSync(new URL('../../../docs/fleet.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);
const folder = mkdtempSync(join(tmpdir(), 'virtop-fleet-'));
const open: { close(): unknown }[] = [];
let good: TestServer;
let down: TestServer;
let silent: TestServer;

test.before(async () => {
  good = await serve();
  down = await serve(
    {},
    healthyCluster().filter(({ kind }) => kind !== 'Pod'),
  );
  silent = await serve({ behave: () => silence });
});
test.after(async () => {
  await Promise.all(open.map((one) => one.close()));
  rmSync(folder, { recursive: true });
});

async function serve(options: ServerOptions = {}, objects = healthyCluster(), about = {}): Promise<TestServer> {
  const server = await startServer(archiveOf(objects, about), options);
  open.push(server);
  return server;
}

/** A server to which one can connect, and which then says nothing, not even for TLS, until it goes away. */
async function blackHole(): Promise<Place & { goAway(): void }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
  });
  const goAway = () => {
    for (const socket of sockets) socket.destroy();
  };
  open.push(server, { close: goAway });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, goAway };
}

const at = ({ url, ca }: TestServer, rest: Place = {}): Place => ({ server: url, ca, ...rest });
const plugin = (script: string, rest: object = {}) => ({
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'IfAvailable',
    command: '/bin/sh',
    args: ['-c', script],
    ...rest,
  },
});

async function call(places: Record<string, Place>, ...args: string[]) {
  const kubeconfig = writeKubeconfig(join(folder, 'config'), places);
  const io = testIo({ LANG: 'C.UTF-8', HOME: folder, PATH: '/usr/bin:/bin', KUBECONFIG: kubeconfig });
  const killed: number[] = [];
  io.killGroup = (leader) => killed.push(process.kill(-leader, 'SIGKILL') ? leader : 0);
  const started = performance.now();
  const code = await run(['status', ...args], 'kubectl virtop', io);
  const rows = io.stdout.text
    .trimEnd()
    .split('\n')
    .map((row) => row.split(/ {3,}/));
  return { code, rows, stdout: io.stdout.text, stderr: io.stderr.text, ms: performance.now() - started, killed };
}

test('one row for each context, in the order of the flag, and the worst exit code', async () => {
  const places = { a: at(good), b: at(down), c: at(good) };
  const { code, rows, stderr } = await call(places, '--contexts', 'c,b', '--contexts', 'a,c');
  assert.equal([code, stderr], [3, '']);
  assert.equal(rows[0], ['CONTEXT', 'VERDICT', 'READY', 'NAMESPACE', 'KUBEVIRT', 'CAUSE']);
  assert.equal(
    rows.slice(1).map((row) => row.slice(0, 4)),
    [
      ['c', 'HEALTHY', '2/2', 'kubevirt'],
      ['b', 'DOWN', '0/2', 'kubevirt'],
      ['a', 'HEALTHY', '2/2', 'kubevirt'],
    ],
  );
  assert.ok(rows[2]?.[5]);
  const all = await call(places, '--all-contexts', '-q');
  assert.equal([all.code, all.stdout, all.stderr], [3, '', '']);
  assert.is((await call(places, '--contexts=a,c')).code, 0);
});

test('the document is a FleetReport of all that was asked', async () => {
  const places = { a: at(down), b: at(good), gone: { server: 'https://127.0.0.1:1' } };
  for (const format of ['json', 'yaml']) {
    const { code, stdout, stderr } = await call(places, '--all-contexts', '-o', format);
    assert.equal([code, stderr], [3, '']);
    const document: FleetReport = format === 'json' ? JSON.parse(stdout) : parse(stdout, { version: '1.1' });
    assert.ok(validate(document), JSON.stringify(validate.errors));
    assert.equal(
      document.clusters.map(({ verdict, cluster, causes }) => [cluster.context, verdict, causes[0]?.code]),
      [
        ['a', 'down', document.clusters[0]?.causes[0]?.code],
        ['b', 'healthy', undefined],
        ['gone', 'incomplete', 'api-unreachable'],
      ],
    );
  }
});

test('no bad cluster hides or delays another', async () => {
  const denied = await serve({ behave: () => status(401, 'Unauthorized') });
  const login = await serve({ behave: () => page(200) });
  const expired = `a.${Buffer.from('{"exp":1}').toString('base64url')}.c`;
  const places: Record<string, Place> = {
    denied: at(denied),
    expired: at(good, { user: { token: expired } }),
    fails: at(good, { user: plugin('echo told you >&2; exit 3') }),
    hangs: at(good, { user: plugin('sleep 600') }),
    hole: await blackHole(),
    login: at(login),
    missing: at(good, { user: plugin('', { command: 'no-such-plugin' }) }),
    null: { server: 'https://127.0.0.1:1', context: null },
    odd: { server: 'ftp://api.example' },
    prompts: at(good, { user: plugin('read answer', { interactiveMode: 'Always' }) }),
    silent: at(silent),
    untrusted: { server: good.url },
    zz: at(good, {
      user: plugin(
        `echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'`,
      ),
    }),
  };
  const { code, rows, stderr, ms, killed } = await call(places, '--all-contexts', '--request-timeout=3s');
  assert.equal([code, stderr], [1, '']);
  assert.ok(ms < 8500, `took ${ms} ms: one waited for the other`);
  assert.is(killed.length, 1, 'the plugin that hangs is ended');
  const causes = Object.fromEntries(rows.slice(1).map(([context, , , , , cause]) => [context, cause]));
  assert.equal(
    rows.slice(1).map(([context]) => context),
    Object.keys(places),
  );
  assert.equal(rows.filter(([, verdict]) => verdict === 'NO-ANSWER').length, 12);
  assert.equal(rows.at(-1)?.slice(0, 3), ['zz', 'HEALTHY', '2/2']);
  const expected: Record<string, RegExp> = {
    denied: /refuses user denied: Unauthorized/,
    expired: /the token of user expired expired at 1970/,
    fails: /failed with exit code 3: told you/,
    hangs: /did not answer in time/,
    hole: /no answer within 3s/,
    missing: /is not installed/,
    prompts: /must ask you something/,
    silent: /no answer within 3s/,
    untrusted: /no certificate authority that is trusted/,
  };
  for (const [context, pattern] of Object.entries(expected)) assert.match(causes[context] ?? '', pattern);
});

test('more black holes than are worked on at a time do not keep a good cluster waiting', async () => {
  const holes = await Promise.all(Array.from({ length: 9 }, () => blackHole()));
  const behave = () => {
    for (const hole of holes) hole.goAway();
    return undefined;
  };
  const last = await serve({ behave });
  const places = { ...Object.fromEntries(holes.map((hole, index) => [`hole-${index}`, hole])), zz: at(last) };
  const { code, rows, ms } = await call(places, '--all-contexts', '--request-timeout=20s');
  assert.equal([code, rows.at(-1)?.slice(0, 2)], [1, ['zz', 'HEALTHY']]);
  assert.ok(ms < 9000, `took ${ms} ms: the holes had to give up first`);
});

test('the worst is the proven outage, then no answer, then what was not read, then a warning', async () => {
  const refused = [{ path: '/apis/apps/v1/namespaces/kubevirt/replicasets', status: 403, message: 'no' }];
  const partly = at(await serve({}, healthyCluster(), { refused }));
  const none = { server: 'https://127.0.0.1:1' };
  const places = { down: at(down), none, partly, good: at(good) };
  const cases: [contexts: string, args: string[], code: number][] = [
    ['good,none,down', [], 3],
    ['good,none,partly', [], 1],
    ['good,partly', [], 5],
    ['good,partly', ['--fail-on=warning'], 0],
    ['down,partly,good', ['--fail-on=never'], 0],
    ['down,none', ['--fail-on=never'], 1],
  ];
  for (const [contexts, args, code] of cases) {
    assert.is((await call(places, '--contexts', contexts, ...args)).code, code, `${contexts} ${args}`);
  }
});

test('contradictions and unknown contexts are one line and 2, before anything is asked', async () => {
  const asked = await serve();
  const places = { 'prod-eu': at(asked), 'prod-us': at(asked) };
  const cases: [args: string[], message: RegExp][] = [
    [['--contexts', 'prod-eu,prod-uss'], /no context "prod-uss"; did you mean prod-us\?/],
    [['--contexts', 'zzz\u001b[2J'], /no context "zzz\^\[\[2J"; kubectl config get-contexts lists them/],
    [['--contexts', ' , '], /--contexts names no context/],
    [['--contexts', 'prod-eu', '--all-contexts'], /contradict each other/],
    ...['context', 'cluster', 'server', 'token', 'client-certificate', 'client-key', 'tls-server-name', 'from'].map(
      (flag): [string[], RegExp] => [
        ['--all-contexts', `--${flag}`, 'x'],
        new RegExp(`--${flag} is about one cluster`),
      ],
    ),
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await call(places, ...args);
    assert.equal([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, /^error: [^\n]+\n$/);
    assert.match(stderr, message);
  }
  assert.equal(asked.requests, []);
  const other = await call({}, '--all-contexts');
  assert.equal([other.code, other.stdout], [1, '']);
  assert.match(other.stderr, /^error: the kubeconfig has no contexts/);
});

test('what holds for every context goes to every one', async () => {
  const servers = [await serve(), await serve()];
  const [a, b] = servers.map((server) => at(server));
  await call({ a: a ?? {}, b: b ?? {} }, '--all-contexts', '--as', 'jane', '-n', 'kubevirt');
  for (const server of servers) assert.is(server.lastHeaders()['impersonate-user'], 'jane');
});

test('wide has server and user, and the commands name their context', async () => {
  const places = { "it's": at(good), evil: at(good) };
  const wide = await call(places, '--all-contexts', '-o', 'wide', '--show-commands');
  assert.equal(wide.rows[0]?.slice(5), ['SERVER', 'USER', 'CAUSE']);
  assert.equal(wide.rows[1]?.slice(0, 2).concat(wide.rows[1].slice(5)), ['evil', 'HEALTHY', good.url, 'evil']);
  assert.match(wide.stderr, "\nkubectl --context 'it'\\''s' get pods ");
});

test('the name of a context is harmless', async () => {
  const { stdout } = await call({ 'a\u001b[31m\u202eb\nc': at(good) }, '--all-contexts');
  assert.match(stdout, '\na^[[31m\\u202eb c   HEALTHY');
});

test('the explanation of a cause is given once', async () => {
  const { stdout } = await call({ a: at(down), b: at(down) }, '--all-contexts', '--explain');
  assert.is(stdout.match(/^RECOGNISED|^MEANING|^HOW/gm)?.length ?? 0, 1, stdout);
});

test.run();
