import * as assert from 'uvu/assert';
import { isAtLeast } from '../../../src/objects/meta/version.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('versions');

const cases: [string | null, string, boolean | null][] = [
  ['v1.8.4', '1.8.4', true],
  ['1.8.4', '1.8.4', true],
  ['v1.8.3', '1.8.4', false],
  ['v1.9.0', '1.8.4', true],
  ['v1.10.0', '1.9.0', true],
  ['v0.58.0', '1.0.0', false],
  ['v2.0.0', '1.8.4', true],
  ['v1.8.4-beta.0', '1.8.4', true],
  ['v1.8.10', '1.8.4', true],
  ['devel', '1.8.4', null],
  ['v1.8', '1.8.4', null],
  [null, '1.8.4', null],
];

for (const [version, least, expected] of cases) {
  test(`${version} at least ${least}: ${expected}`, () => assert.is(isAtLeast(version, least), expected));
}

test.run();
