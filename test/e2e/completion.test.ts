import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { executable } from '../../build.mjs';
import { builtKubectl } from '../cluster/build.ts';
import { runProcess } from '../helpers/process.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('completion');
const folder = mkdtempSync(join(tmpdir(), 'virtop-completion-'));
const completer = join(folder, 'kubectl_complete-virtop');
const kubeconfig = join(folder, 'config');
const touched = join(folder, 'touched');
/** Takes connections, and never says a word. */
let blackHole: Server;

test.before(async () => {
  symlinkSync(executable, completer);
  symlinkSync(executable, join(folder, 'kubectl-virtop'));
  blackHole = createServer(() => undefined);
  await new Promise<void>((resolve) => blackHole.listen(0, '127.0.0.1', resolve));
  const { port } = blackHole.address() as { port: number };
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    command: '/bin/sh',
    args: ['-c', `touch ${touched}; sleep 60`],
  };
  writeFileSync(
    kubeconfig,
    stringify({
      'current-context': 'silent',
      clusters: [{ name: 'silent', cluster: { server: `https://127.0.0.1:${port}` } }],
      users: [{ name: 'asks', user: { exec: { ...exec, interactiveMode: 'Never' } } }],
      contexts: [
        { name: 'silent', context: { cluster: 'silent' } },
        { name: 'asking', context: { cluster: 'silent', user: 'asks' } },
      ],
    }),
  );
});
test.after(() => {
  blackHole.close();
  rmSync(folder, { recursive: true });
});

function complete(...words: string[]) {
  return runProcess(completer, words, { KUBECONFIG: kubeconfig, HOME: folder });
}

test('called by the name that kubectl looks for, a link to the executable answers', async () => {
  assert.match((await complete('st')).stdout, /^status\t.*\n:36\n$/);
  assert.is((await complete('--context', '')).stdout, 'asking\nsilent\tthe current context\n:36\n');
  const copy = join(folder, 'copy', 'kubectl_complete-virtop');
  execFileSync('mkdir', [dirname(copy)]);
  copyFileSync(executable, copy);
  assert.match((await runProcess(copy, ['st'], {})).stdout, /^status\t/);
});

test('a server that never answers, a pipe for a kubeconfig and a plugin that hangs end in nothing, soon', async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const cases = [
    ['-n', ''],
    ['--kubeconfig', pipe, '-n', ''],
    ['--kubeconfig', pipe, '--context', ''],
    ['--context', 'asking', '-n', ''],
    ['logs', ''],
  ];
  for (const words of cases) {
    const start = performance.now();
    const done = await complete(...words);
    assert.equal(done, { code: 0, signal: null, stdout: ':36\n', stderr: '' }, words.join(' '));
    // 0.3 s where nothing else runs; tests share their processors.
    assert.ok(performance.now() - start < 3000, `${words.join(' ')}: ${performance.now() - start} ms`);
  }
  assert.not(existsSync(touched), 'a credential plugin was run');
});

const bash = existsSync('/bin/bash') ? '/bin/bash' : null;
const BASH_CASES: [line: string, reply: string][] = [
  ['kubectl-virtop st', 'status'],
  ['kubectl-virtop status --output=y', 'yaml'],
  ['kubectl-virtop --context si', 'silent'],
  ['kubectl-virtop --context=si', 'silent'],
];
if (bash === null) test.skip('the script for bash completes', 'there is no bash');
else {
  test('the script for bash completes', async () => {
    for (const [line, reply] of BASH_CASES) {
      // As readline does: at the end of a line, taken apart at spaces and =.
      const words = line.split(/ |(=)/).filter(Boolean);
      const script = `. <("${join(folder, 'kubectl-virtop')}" completion bash)
        COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}) COMP_LINE='${line}' COMP_POINT=${line.length}
        COMP_CWORD=${words.length - 1} COMP_TYPE=9
        _kubectl_virtop; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const env = { KUBECONFIG: kubeconfig, HOME: folder, PATH: `${folder}${delimiter}${process.env.PATH}` };
      const done = await runProcess(bash, ['-c', script], env);
      assert.equal([done.stdout, done.stderr], [`${reply}\n`, ''], line);
    }
  });
}

const kubectl = await builtKubectl();
if (kubectl === null) test.skip('the real kubectl completes', 'no kubectl is built: npm run cluster builds it');
else {
  test('the real kubectl completes what follows its own plugin', async () => {
    const env = { KUBECONFIG: kubeconfig, HOME: folder, PATH: `${folder}${delimiter}${process.env.PATH}` };
    const ask = (...words: string[]) => runProcess(kubectl, ['__complete', 'virtop', ...words], env);
    assert.match((await ask('mit')).stdout, /^mitigate\tRepair the cause.*\n:36\n$/);
    assert.is((await ask('status', '--output=y')).stdout, 'yaml\n:36\n');
    assert.is((await ask('--context', '')).stdout, 'asking\nsilent\tthe current context\n:36\n');
    assert.is((await ask('--from', '')).stdout, ':0\n');
    assert.is((await ask('-n', '')).stdout, ':36\n');
  });
}

test.run();
