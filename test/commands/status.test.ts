import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { run } from '../../src/cli.ts';
import { OUTPUT_FORMATS } from '../../src/report/format.ts';
import { archiveOf, healthyCluster, type TestObject } from '../helpers/cluster.ts';
import { testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('status and describe');
const folder = mkdtempSync(join(tmpdir(), 'virtop-'));
test.after(() => rmSync(folder, { recursive: true }));

const FORBIDDEN = [{ path: '/api/v1/namespaces/kubevirt/pods*', status: 403, message: 'pods is forbidden' }];

function saved(name: string, objects: TestObject[], refused = [] as typeof FORBIDDEN): string {
  const path = join(folder, `${name}.yaml`);
  const { about } = archiveOf(objects, { refused });
  writeFileSync(path, stringify({ ...about, objects }, { aliasDuplicateObjects: false }));
  return path;
}

const ONE_POD = healthyCluster().filter((one) => one.metadata?.name !== 'virt-operator-1-b');
const CASES: [name: string, path: string, code: number][] = [
  ['healthy', saved('healthy', healthyCluster()), 0],
  ['degraded', saved('degraded', ONE_POD), 4],
  [
    'down',
    saved(
      'down',
      healthyCluster().filter((one) => one.kind !== 'Pod'),
    ),
    3,
  ],
  ['incomplete', saved('incomplete', healthyCluster(), FORBIDDEN), 5],
  [
    'not installed',
    saved(
      'absent',
      healthyCluster().filter((one) => one.kind === 'Node'),
    ),
    1,
  ],
];

async function call(...args: string[]) {
  const io = testIo();
  const code = await run(args, 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

for (const [name, path, code] of CASES) {
  test(`${name}: the exit code is ${code} in every format, and when quiet`, async () => {
    for (const format of OUTPUT_FORMATS) {
      const asked = format === 'jsonpath' ? 'jsonpath={.verdict}{"\\n"}' : format;
      const result = await call('status', '--from', path, '-o', asked);
      assert.equal([result.code, result.stderr], [code, ''], format);
      // Without a cause no object is named.
      assert.ok(result.stdout.endsWith('\n') || format === 'name');
    }
    assert.is((await call('describe', '--from', path)).code, code);
    assert.equal(await call('status', '-q', '--from', path), { code, stdout: '', stderr: '' });
  });
}

test('--show-commands prints kubectl commands on stderr, each once', async () => {
  const [, path = ''] = CASES[0] ?? [];
  const { stdout, stderr } = await call('status', '--show-commands', '--from', path);
  const commands = stderr.trimEnd().split('\n').slice(1);
  assert.ok(commands.length > 5 && commands.every((command) => command.startsWith('kubectl ')), stderr);
  assert.is(new Set(commands).size, commands.length);
  assert.not.match(stdout, /kubectl (-n|get)/);
});

test('describe narrows to one object or one cause, and says when there is none', async () => {
  const [, path = ''] = CASES[0] ?? [];
  const { stdout } = await call('describe', 'po/virt-operator-1-a', '--from', path);
  assert.match(stdout, 'virt-operator-1-a');
  assert.not.match(stdout, 'Deployment:');
  assert.is((await call('describe', 'pod', 'virt-operator-1-a', '--from', path)).stdout, stdout);
  assert.match((await call('describe', 'pods', '--from', path)).stdout, 'virt-operator-1-b');
  const refused: [string, number, RegExp][] = [
    ['pod/nothing', 1, /^error: pod "nothing" is not among what was read\n$/],
    ['image-not-found', 1, /^error: "image-not-found" was not seen here; no cause and no finding was seen\n$/],
    ['secret/x', 2, /^error: describe knows no kind "secret"; it reads deployment, /],
    ['image-not-fond', 2, /^error: unknown code or kind "image-not-fond"; did you mean image-not-found\?\n$/],
    ['xyzzy', 2, /^error: unknown code or kind "xyzzy"; kubectl virtop explain lists all codes\n$/],
  ];
  for (const [subject, code, message] of refused) {
    const result = await call('describe', subject, '--from', path);
    assert.equal([result.code, result.stdout], [code, '']);
    assert.match(result.stderr, message);
  }
});

test('--explain tells more about each cause below what people read, and leaves documents as they are', async () => {
  const path = CASES.find(([name]) => name === 'down')?.[1] ?? '';
  // How long requests took is another each time.
  const untimed = (text: string) => text.replace(/slowest \d+ms \([^)]*\)/, '');
  for (const args of [['status', '-o', 'text'], ['status', '-o', 'wide'], ['describe']]) {
    const plain = await call(...args, '--from', path);
    const explained = await call(...args, '--from', path, '--explain');
    assert.is(explained.code, plain.code);
    assert.ok(untimed(explained.stdout).startsWith(untimed(plain.stdout).trimEnd()), args.join(' '));
    assert.match(explained.stdout.slice(plain.stdout.length), /\nMEANING {3}/);
    assert.match(explained.stdout, /\nRELATED {3}/);
  }
  for (const format of ['json', 'yaml']) {
    const plain = await call('status', '-o', format, '--from', path);
    assert.equal(await call('status', '-o', format, '--from', path, '--explain'), plain);
  }
});

test.run();
