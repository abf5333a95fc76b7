import * as assert from 'uvu/assert';
import { amount, isMore, quantity } from '../../../src/objects/meta/quantity.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('quantities');

const quantities: [unknown, number | null][] = [
  ['450Mi', 450 * 2 ** 20],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['10m', 0.01],
  ['2', 2],
  ['0', 0],
  ['.5', 0.5],
  ['5.', 5],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1E', 1e18],
  ['1Ei', 2 ** 60],
  ['12k', 12000],
  ['500n', 500 * 1e-9],
  ['-1', -1],
  ['+1', 1],
  [' 1Gi ', 2 ** 30],
  [3, 3],
  ['', null],
  ['Mi', null],
  ['1MiB', null],
  ['1 Mi', null],
  ['1K', null],
  ['0x10', null],
  [Number.NaN, null],
  [null, null],
  [undefined, null],
  [{}, null],
  [true, null],
];

for (const [text, value] of quantities) {
  test(`${JSON.stringify(text)} is ${value}`, () => assert.is(quantity(text as string), value));
}

const amounts: [string, number, string][] = [
  ['memory', 450 * 2 ** 20, '450Mi'],
  ['requests.memory', 1.5 * 2 ** 30, '1.5Gi'],
  ['memory', 1000, '1000'],
  ['memory', 0, '0'],
  ['memory', -512 * 2 ** 20, '-512Mi'],
  ['ephemeral-storage', 2 ** 40, '1Ti'],
  ['cpu', 0.01, '10m'],
  ['pods', 3, '3'],
];

for (const [resource, value, text] of amounts) {
  test(`${value} of ${resource} reads ${text}`, () => assert.is(amount(resource, value), text));
}

test('rounding errors of sums are no difference', () => {
  assert.is(isMore(0.01, 4 - 3.99), false);
  assert.is(isMore(0.1 + 0.2, 0.3), false);
  assert.is(isMore(0.301, 0.3), true);
  assert.is(isMore(2 ** 40 + 1, 2 ** 40), true);
  assert.is(isMore(1, 1), false);
});

test.run();
