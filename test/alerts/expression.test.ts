import * as assert from 'uvu/assert';
import { evaluate, metricsIn, type Sample } from '../../src/alerts/expression.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('expression');
const SAMPLES: Record<string, Sample> = { two: 2, zero: 0, gone: 'none' };
const of = (text: string) => evaluate(text, (name) => SAMPLES[name] ?? 'unknown');

const table: [expression: string, sample: Sample][] = [
  ['zero == 0', 0],
  ['two == 0', 'none'],
  ['two < 3', 2],
  ['two <  two', 'none'],
  ['gone == 0', 'none'],
  ['nobody == 0', 'unknown'],
  ['gone / nobody < 1', 'none'],
  ['two / on() zero{deployment=\'a\', namespace=~"b,}"} < 0.75', 'none'],
  ["zero / on() two{deployment='a'} < 0.75", 0],
  ['zero / zero < 0.75', 'none'],
  ['(two > 1) and (zero < 2)', 2],
  ['zero < two and zero > 0', 'none'],
  ['two > 1 and gone > 1', 'none'],
  ['two > 1 and nobody > 1', 'unknown'],
  ['zero > 1 and nobody > 1', 'none'],
  ['gone or vector(0)', 0],
  ['(gone or two) != 2', 'none'],
  ['two >= 2 and two <= 2', 2],
  ['sum(rate(two[5m])) > 0', 'unknown'],
  ['two ==', 'unknown'],
  ['two two', 'unknown'],
  ['(two', 'unknown'],
  ['two{', 'unknown'],
  ['', 'unknown'],
  ['('.repeat(100_000), 'unknown'],
];

for (const [expression, sample] of table) {
  test(`${expression.slice(0, 60)} is ${sample}`, () => assert.is(of(expression), sample));
}

test('the metrics of an expression are named, without labels and functions', () => {
  assert.equal(metricsIn('sum(a_b{c_d="x"}) / on() e_f{g_h="i"} < 0.75 and a_b > 0'), ['a_b', 'e_f']);
});

test.run();
