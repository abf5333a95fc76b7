import * as assert from 'uvu/assert';
import { age, ago, humanDuration, lasting } from '../../../src/objects/meta/human-duration.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('human-duration');
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const CASES: [seconds: number, text: string][] = [
  [-3, '<invalid>'],
  [-1, '0s'],
  [0.9, '0s'],
  [119, '119s'],
  [2 * MINUTE, '2m'],
  [3 * MINUTE + 12, '3m12s'],
  [10 * MINUTE - 1, '9m59s'],
  [10 * MINUTE + 59, '10m'],
  [3 * HOUR - 1, '179m'],
  [3 * HOUR, '3h'],
  [5 * HOUR + 20 * MINUTE, '5h20m'],
  [8 * HOUR + 20 * MINUTE, '8h'],
  [47 * HOUR, '47h'],
  [2 * DAY, '2d'],
  [3 * DAY + 4 * HOUR, '3d4h'],
  [8 * DAY + 4 * HOUR, '8d'],
  [2 * YEAR - 1, '729d'],
  [2 * YEAR, '2y'],
  [2 * YEAR + 40 * DAY, '2y40d'],
  [9 * YEAR + 40 * DAY, '9y'],
];

for (const [seconds, text] of CASES) {
  test(`${seconds} s is ${text}`, () => assert.is(humanDuration(seconds), text));
}

test('an age is counted from the time of reading', () => {
  assert.is(age('2026-03-01T03:00:00Z', '2026-03-01T02:46:00Z'), '14m');
  assert.is(age('2026-03-01T03:00:00Z', null), '<unknown>');
});

test('a time ahead of the time of reading says in a sentence that a clock is ahead', () => {
  const [readAt, soon, late] = ['2026-03-01T03:00:00Z', '2026-03-01T03:00:01Z', '2026-03-01T03:05:00Z'];
  assert.equal([ago(readAt, soon), lasting(readAt, soon)], ['0s ago', 'for 0s']);
  assert.equal(
    [ago(readAt, late), lasting(readAt, late)],
    ['5m from now: a clock is ahead', 'since 5m from now: a clock is ahead'],
  );
  assert.equal([ago(late, readAt), lasting(late, null)], ['5m ago', 'for <unknown>']);
});

test.run();
