import * as assert from 'uvu/assert';
import { matchesSelector } from '../../../src/objects/meta/label-selector.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('label selectors');
const labels = { app: 'x', empty: '' };
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, values }],
});

const cases: [string, Parameters<typeof matchesSelector>[0], boolean][] = [
  ['none', null, true],
  ['an empty one', {}, true],
  ['a label', { matchLabels: { app: 'x' } }, true],
  ['another value', { matchLabels: { app: 'y' } }, false],
  ['a missing label', { matchLabels: { tier: '' } }, false],
  ['In', expression('app', 'In', 'x', 'y'), true],
  ['In of a missing label', expression('tier', 'In', 'x'), false],
  ['NotIn', expression('app', 'NotIn', 'x'), false],
  ['NotIn of a missing label', expression('tier', 'NotIn', 'x'), true],
  ['Exists, empty', expression('empty', 'Exists'), true],
  ['Exists', expression('tier', 'Exists'), false],
  ['DoesNotExist', expression('tier', 'DoesNotExist'), true],
  ['DoesNotExist, empty', expression('empty', 'DoesNotExist'), false],
  ['both parts', { matchLabels: { app: 'x' }, ...expression('tier', 'Exists') }, false],
];

for (const [name, selector, matches] of cases) {
  test(`${name}: ${matches ? 'matches' : 'does not match'}`, () =>
    assert.is(matchesSelector(selector, labels), matches));
}

test('objects without labels', () => {
  assert.is(matchesSelector({ matchLabels: { app: 'x' } }, null), false);
  assert.is(matchesSelector(expression('app', 'DoesNotExist'), undefined), true);
});

test.run();
