import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { executable } from '../../build.mjs';
import { EXAMPLE } from '../../scripts/start-arguments.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('README.md');
const root = join(import.meta.dirname, '../..');
const readme = join(root, 'README.md');

test('shows what status prints for the recorded outage', () => {
  const { stdout } = spawnSync(executable, ['status', '--from', EXAMPLE], { cwd: root, env: {}, encoding: 'utf8' });
  assert.match(stdout, 'CAUSE');
  const before = readFileSync(readme, 'utf8');
  const after = before.replace(
    /(\n\$ kubectl virtop status\n)[\s\S]*?(```\n)/,
    (_, start, end) => start + stdout + end,
  );
  if (process.env.UPDATE_GOLDEN && !process.env.CI) writeFileSync(readme, after);
  else assert.fixture(before, after, 'README.md shows another output: run UPDATE_GOLDEN=1 npm test -- readme');
});

test.run();
