import { readdirSync, readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { REPLACING } from '../../src/diagnosis/replaces-pods.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('repairs that bring new pods');

test('each of them is what some rule names', () => {
  const names = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const rules = names.filter((name) => /^(rules|objects)\/.*\.ts$/.test(name));
  const text = rules.map((name) => readFileSync(`src/${name}`, 'utf8')).join('');
  assert.equal(
    REPLACING.filter((action) => !text.includes(`'${action}'`)),
    [],
  );
});

test.run();
