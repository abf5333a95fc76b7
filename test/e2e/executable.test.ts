import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import manifest from '../../package.json' with { type: 'json' };
import { suite } from '../helpers/suite.ts';

const test = suite('executable');

const folder = mkdtempSync(join(tmpdir(), 'virtop-executable-'));
const alone = join(folder, 'kubectl-virtop');

/** Runs the executable alone: no Node, no environment, no repository around it. */
function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(alone, args, { cwd: folder, env: {}, encoding: 'utf8' });
}

test.before(() => copyFileSync(executable, alone));
test.after(() => rmSync(folder, { recursive: true }));

test('says its version without anything around it', () => {
  const { status, stdout, stderr } = run('version', '--client');
  assert.is(stderr, '');
  assert.match(stdout, `v${manifest.version}`);
  assert.is(status, 0);
});

test('calls itself what the user typed', () => {
  assert.match(run('--help').stdout, 'kubectl virtop COMMAND [flags]');
});

test('a word that it does not know is wrong usage', () => {
  const { status, stdout, stderr } = run('stats');
  assert.is(status, 2);
  assert.is(stdout, '');
  assert.match(stderr, /^error: .*\n$/);
});

test.run();
