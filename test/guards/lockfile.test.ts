import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite } from '../helpers/suite.ts';
import { missingEntries } from './lockfile.ts';

const test = suite('lockfile');
const root = join(import.meta.dirname, '../..');

test('npm ci finds every platform in the lock file', () => {
  assert.equal(missingEntries(readFileSync(join(root, 'package-lock.json'), 'utf8')), []);
});

test('a missing platform is named', () => {
  const tool = { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } };
  const packages = { '': {}, 'node_modules/tool': tool, 'node_modules/tool-linux': {} };
  assert.equal(missingEntries(JSON.stringify({ packages })), [
    'package-lock.json has no entry for tool-darwin, which node_modules/tool names: add its version, os and cpu.',
  ]);
});

test.run();
