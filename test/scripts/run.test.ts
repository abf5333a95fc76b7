import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';

const test = suite('scripts/run.mjs');
const script = join(import.meta.dirname, '../../scripts/run.mjs');
const folder = mkdtempSync(join(tmpdir(), 'virtop-run-'));
test.after(() => rmSync(folder, { recursive: true }));

function program(text: string): string {
  const path = join(folder, 'program.ts');
  writeFileSync(path, text);
  return path;
}

test('runs TypeScript on the Node that ships, hands on arguments and the exit code', () => {
  const path = program(
    'const args: string[] = process.argv.slice(2);\nconsole.log(process.version, ...args);\nprocess.exitCode = 7;',
  );
  const { status, stdout } = spawnSync(process.execPath, [script, path, 'a', '-b'], { encoding: 'utf8' });
  assert.is(stdout, `${process.version} a -b\n`);
  assert.is(status, 7);
});

test('a signal reaches the program, and how it ended comes back', async () => {
  const path = program(
    "process.on('SIGTERM', () => process.exit(9));\nsetInterval(() => {}, 1000);\nconsole.log('ready');",
  );
  const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  assert.is(code, 9);
});

test('a program that dies of a signal ends the script the same way', () => {
  const path = program("process.kill(process.pid, 'SIGKILL');");
  assert.is(spawnSync(process.execPath, [script, path]).signal, 'SIGKILL');
});

test.run();
