import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { executable } from '../../build.mjs';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { page, silence } from '../helpers/faults.ts';
import { finish, runProcess } from '../helpers/process.ts';
import { type Behaviour, startServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('streams');
const folder = mkdtempSync(join(tmpdir(), 'virtop-streams-'));
const saved = join(folder, 'cluster.yaml');
const objects = healthyCluster().filter((one) => one.kind !== 'Pod');
writeFileSync(saved, stringify({ ...archiveOf([]).about, objects }, { aliasDuplicateObjects: false }));
test.after(() => rmSync(folder, { recursive: true }));

function run(...args: string[]) {
  return runProcess(executable, args, { HOME: folder });
}

test('the report is on stdout and nothing else is, the exit code is the verdict', async () => {
  for (const format of ['text', 'wide', 'json', 'yaml']) {
    const { code, stdout, stderr } = await run('status', '--from', saved, '-o', format);
    assert.equal([code, stderr], [3, ''], format);
    assert.match(stdout, /down/i);
  }
});

test('an answer that the server compresses is read', async () => {
  const zipped = gzipSync('{"gitVersion":"v1.36.3"}');
  const packed: Behaviour = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(zipped);
  };
  const behave = (path: string) => (path === '/version' ? packed : undefined);
  const server = await startServer(archiveOf(healthyCluster()), { protocol: 'http', behave });
  const { stdout, stderr } = await run('version', '--server', server.url);
  await server.close();
  assert.match(stdout, 'Server Version: v1.36.3', stderr);
});

test('without a terminal there is no escape sequence and no spinner', async () => {
  const { stdout, stderr } = await run('describe', '--from', saved);
  assert.not.match(stdout + stderr, '\u001b');
});

test('a reader that has seen enough is no error', async () => {
  for (const command of ['status', 'describe']) {
    const child = spawn(executable, [command, '--from', saved], { env: {}, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const { code, stderr } = await finish(child);
    assert.equal([code, stderr], [3, ''], command);
  }
});

test('an answer that cannot be written is no success', async () => {
  const command = `'${executable}' status --from '${saved}' > /dev/full`;
  const { code, stderr } = await runProcess('/bin/sh', ['-c', command], {});
  assert.is(code, 1);
  assert.match(stderr, /^error: cannot write the answer: ENOSPC[^\n]*\n$/);
});

test("a signal ends it with 128 and the signal's number", async () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    const server = await startServer(archiveOf([]), { protocol: 'http', behave: () => silence });
    const child = spawn(executable, ['status', '--server', server.url], { env: { HOME: folder } });
    try {
      const finished = finish(child);
      while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      child.kill(signal);
      assert.is((await finished).code, code);
    } finally {
      child.kill('SIGKILL');
      await server.close();
    }
  }
});

test('trouble with the connection is one line that names the server, exit 1', async () => {
  const login = await startServer(archiveOf([]), { protocol: 'http', behave: () => page(200) });
  const slow = await startServer(archiveOf([]), { protocol: 'http', behave: () => silence });
  try {
    const cases = [
      ['--server', 'http://127.0.0.1:1'],
      ['--server', login.url],
      ['--server', slow.url, '--request-timeout=300ms'],
    ];
    for (const args of cases) {
      const { code, stdout, stderr } = await run('status', ...args);
      assert.equal([code, stdout], [1, ''], stderr);
      assert.match(stderr, /^error: [^\n]+\n$/);
      assert.match(stderr, args[1] ?? '');
    }
  } finally {
    await Promise.all([login.close(), slow.close()]);
  }
});

test('it calls itself what it is called', async () => {
  const names: [file: string, program: string][] = [
    ['kubectl-virtop', 'kubectl virtop'],
    ['virtop', 'virtop'],
  ];
  for (const [file, program] of names) {
    const link = join(folder, file);
    symlinkSync(executable, link);
    assert.match((await runProcess(link, ['--help'], {})).stdout, `  ${program} COMMAND [flags]\n`);
  }
});

test.run();
