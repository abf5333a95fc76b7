import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';

const test = suite('.ci/run');
const script = join(import.meta.dirname, '../../.ci/run');
const folder = mkdtempSync(join(tmpdir(), 'virtop-ci-'));
test.after(() => rmSync(folder, { recursive: true }));

/** Runs .ci/run with an npm that only says these things, and an apt-get that does nothing; gives the exit code and the last line. */
function run(npm: { ci?: string; test?: string; check?: string }): { status: number | null; last: string } {
  const cases = `case "$1 $2" in ci*) ${npm.ci ?? ':'} ;; test*) ${npm.test ?? ':'} ;; *check) ${npm.check ?? ':'} ;; esac`;
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\n${cases}\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'apt-get'), '#!/bin/sh\n', { mode: 0o755 });
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { status, stdout } = spawnSync('bash', [script], { encoding: 'utf8', env });
  return { status, last: stdout.trimEnd().split('\n').at(-1) ?? '' };
}

const green = { test: 'echo 7 passed, 0 failed', check: 'echo 5 passed, 0 failed' };

test('sums the install, the tests and the checks', () => {
  assert.equal(run(green), { status: 0, last: '13 passed, 0 failed' });
});

test('says what was skipped', () => {
  const last = '13 passed, 0 failed, 2 skipped';
  assert.equal(run({ ...green, test: 'echo 7 passed, 0 failed, 2 skipped' }), { status: 0, last });
});

test('a failed test fails, also when npm has the last word', () => {
  const failing = 'echo 6 passed, 1 failed; echo npm error; exit 1';
  assert.equal(run({ ...green, test: failing }), { status: 1, last: '12 passed, 1 failed' });
});

test('an install that fails, a run without a count and a count that hides an exit code fail', () => {
  assert.equal(run({ ...green, ci: 'exit 1' }), { status: 1, last: '12 passed, 1 failed' });
  assert.equal(run({ ...green, check: 'echo killed' }), { status: 1, last: '8 passed, 1 failed' });
  assert.equal(run({ ...green, check: 'echo 5 passed, 0 failed; exit 1' }), { status: 1, last: '13 passed, 1 failed' });
});

test.run();
