import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { run } from '../../src/cli.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { archiveOf, healthyCluster, object } from '../helpers/cluster.ts';
import { answer } from '../helpers/faults.ts';
import { testIo } from '../helpers/io.ts';
import { startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('complete');
const folder = mkdtempSync(join(tmpdir(), 'virtop-complete-'));
const kubeconfig = join(folder, 'config');
let server: TestServer;
let requests = 0;

const EVIL = ['$(reboot)', 'a b', '-n', 'a\u001b[31m', 'a`b`', "a'b", 'a;b', 'a\nb', '~root', '*'];

test.before(async () => {
  const names = ['lab', 'prod@eu', 'arn:aws:eks:eu:1:cluster/x'];
  const contexts = [...names, ...EVIL].map((name) => ({ name, context: { cluster: 'one', user: 'jane' } }));
  const namespaces = ['kubevirt-2', 'default'].map((name) => object('v1', 'Namespace', { name }));
  server = await startServer(archiveOf([...healthyCluster(), ...namespaces]), { protocol: 'http' });
  const clusters = [{ name: 'one', cluster: { server: server.url } }];
  const users = [
    { name: 'jane', user: {} },
    {
      name: 'plugin',
      user: {
        exec: { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: '/bin/false' },
      },
    },
  ];
  writeFileSync(kubeconfig, stringify({ 'current-context': 'lab', contexts, clusters, users }));
});
test.after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** The candidates without their descriptions, and the directive. */
async function complete(...words: string[]) {
  const io = testIo({ LANG: 'C.UTF-8', KUBECONFIG: kubeconfig, XDG_STATE_HOME: folder });
  const code = await run(['__complete', ...words], 'kubectl virtop', io);
  assert.equal([code, io.stderr.text], [0, ''], words.join(' '));
  const lines = io.stdout.text.split('\n').slice(0, -1);
  return { lines, names: lines.slice(0, -1).map((line) => line.split('\t')[0]), directive: lines.at(-1) };
}

const CASES: [words: string[], names: string[], directive?: string][] = [
  [['st'], ['status']],
  [['fi'], ['fix']],
  [['help', 'un'], ['undo']],
  [['--context', 'lab', 'st'], ['status']],
  [['status', '--out'], ['--output']],
  [['--fail'], []],
  [['status', '--fail'], ['--fail-on']],
  [['status', '--output', 'json', '--out'], []],
  [['status', '-ojson', '--out'], []],
  [['--as-group', 'a', '--as-g'], ['--as-group']],
  [
    ['status', '-o', ''],
    ['text', 'wide', 'json', 'yaml', 'name', 'markdown', 'junit', 'jsonpath='],
  ],
  [
    ['explain', '-o', ''],
    ['text', 'json', 'yaml', 'jsonpath='],
  ],
  [['status', '--output=y'], ['yaml']],
  [['status', '-o=y'], ['yaml']],
  [['status', '-oy'], ['-oyaml']],
  [
    ['status', '--color', 'a'],
    ['auto', 'always'],
  ],
  [['status', '--fail-on', 'c'], ['critical']],
  [
    ['wait', '--for', ''],
    ['ready', 'leader', 'healthy'],
  ],
  [['mitigate', '--dry-run', 's'], ['server']],
  [['mitigate', 'scale'], ['scale-up']],
  [['fix', '--yes', 'scale'], ['scale-up']],
  [['mitigate', 'scale-up', ''], []],
  [['explain', 'image-not'], ['image-not-found']],
  [['describe', 'image-not'], ['image-not-found']],
  [['describe', 'pod-a'], ['pod-anti-affinity']],
  [
    ['describe', 'rep'],
    ['replicaset', 'replicaset-backoff'],
  ],
  [['completion', 'b'], ['bash']],
  [['nonsense', ''], []],
  [['status', ''], []],
  [['status', '--help', ''], []],
  [['status', '--', '--out'], []],
  [['logs', '--tail', ''], []],
  [['status', '--kubeconfig', ''], [], ':0'],
  [['status', '--from=./'], [], ':0'],
  [['status', '--cache-dir', ''], [], ':16'],
  [
    ['--context', ''],
    ['arn:aws:eks:eu:1:cluster/x', 'lab', 'prod@eu'],
  ],
  [['--context=prod@'], ['prod@eu']],
  [['mitigate', '--confirm-context', 'l'], ['lab']],
  [['--cluster', ''], ['one']],
  [
    ['--user', ''],
    ['jane', 'plugin'],
  ],
  [['--kubeconfig', '/nonexistent', '--user', ''], []],
  [
    ['-n', 'kube'],
    ['kubevirt', 'kubevirt-2'],
  ],
  [['-n', 'kube', '--from', 'x', '-n', ''], []],
  [['--server', 'http://127.0.0.1:1', '-n', ''], []],
  [['--context', 'unknown', '-n', ''], []],
  [
    ['describe', 'po/virt-operator-'],
    ['po/virt-operator-1-a', 'po/virt-operator-1-b'],
  ],
  [['describe', 'sheep/'], []],
  [['""'], [...COMMANDS.map(({ name }) => name), 'help']],
];

for (const [words, names, directive = ':36'] of CASES) {
  test(`completes ${words.join(' ') || 'nothing yet'}`, async () => {
    const found = await complete(...words);
    assert.equal([found.names, found.directive], [names, directive]);
  });
}

test('a single dash offers every flag, a double one the long ones, described', async () => {
  const { lines } = await complete('status', '-');
  assert.ok(lines.includes('-q\tPrint no report; the exit code tells'));
  assert.ok(lines.includes('--help\tHelp for this command'));
  assert.not((await complete('status', '--')).names.includes('-q'));
});

test('every command and every flag of it is offered, with a closed set where there is one', async () => {
  for (const command of COMMANDS) {
    const { names } = await complete(command.name, '--');
    for (const { name, choices } of command.flags) {
      assert.ok(names.includes(`--${name}`), `${command.name} --${name}`);
      if (choices) assert.equal((await complete(command.name, `--${name}`, '')).names, [...choices]);
    }
  }
});

test('the current context is marked', async () => {
  assert.ok((await complete('--context', 'l')).lines.includes('lab\tthe current context'));
});

test('pods and namespaces come from the cluster, but no credential plugin is run for them', async () => {
  const before = server.requests.length;
  assert.equal(
    (await complete('--server', server.url.replace('http:', 'https:'), '--user', 'plugin', '-n', '')).names,
    [],
  );
  assert.is(server.requests.length, before);
  assert.equal((await complete('logs', 'virt-operator-1-b')).names, ['virt-operator-1-b']);
  assert.match(server.requests.at(-1) ?? '', /\/api\/v1\/pods\?limit=500&labelSelector=kubevirt.io%3Dvirt-operator$/);
  await complete('-n', 'kubevirt', 'logs', '');
  assert.match(server.requests.at(-1) ?? '', /\/api\/v1\/namespaces\/kubevirt\/pods\?/);
});

test('a server that answers nonsense, refuses or names what a shell would evaluate adds nothing', async () => {
  const names = ['$(reboot)', 'fine', 'a\nb', 'x\u001b]0;y', ...EVIL];
  const bodies = [
    '',
    '[]',
    '{"items": 7}',
    '{"kind": "Status", "code": 403}',
    JSON.stringify({ items: [null, 7, {}] }),
  ];
  const list = JSON.stringify({ kind: 'NamespaceList', items: names.map((name) => ({ metadata: { name } })) });
  for (const body of [...bodies, list]) {
    const odd = await startServer(archiveOf([]), { protocol: 'http', behave: () => answer(200, body) });
    requests += 1;
    assert.equal((await complete('--server', odd.url, '-n', '')).names, body === list ? ['fine'] : [], body);
    await odd.close();
  }
  assert.is(requests, bodies.length + 1);
});

test('undo offers what can be taken back, the last first', async () => {
  const journal = join(folder, 'kubectl-virtop', 'journal');
  mkdirSync(journal, { recursive: true });
  const step = { title: 'x', command: 'x', state: 'done', reversal: { kind: 'fields' } };
  for (const [id, steps] of Object.entries({
    '20260301-030000': [step],
    '20260301-030500': [step],
    '20260301-031000': [],
  })) {
    const entry = { version: 1, id, at: id, action: 'scale-up', cluster: { context: 'lab' }, steps, undoes: null };
    writeFileSync(join(journal, `${id}.json`), JSON.stringify(entry));
  }
  const { lines } = await complete('undo', '');
  assert.equal(lines, ['20260301-030500\tscale-up lab', '20260301-030000\tscale-up lab', ':36']);
});

test('completion prints a script for each shell, and what kubectl calls', async () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell', 'kubectl']) {
    const io = testIo({});
    assert.is(await run(['completion', shell], 'kubectl virtop', io), 0);
    assert.match(io.stdout.text, /kubectl-virtop __complete|"\$program" __complete|\$program __complete/);
    assert.is(io.stderr.text, '');
  }
  const io = { ...testIo({}), platform: 'win32' };
  await run(['completion', 'kubectl'], 'kubectl virtop', io);
  assert.match(io.stdout.text, '@kubectl-virtop __complete %*\r\n');
});

test.run();
