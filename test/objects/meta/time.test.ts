import * as assert from 'uvu/assert';
import { ageSeconds, later, millis } from '../../../src/objects/meta/time.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('times');
const A = '2026-03-01T03:00:00Z';
const B = '2026-03-01T03:00:00.500000Z';

test('an RFC 3339 time, with fractions and zones', () => {
  assert.is(millis('1970-01-01T00:00:01Z'), 1000);
  assert.is(millis('1970-01-01T01:00:01.250000+01:00'), 1250);
});

test("no time is known where there is none, an odd one, or Go's zero", () => {
  for (const odd of [null, undefined, '', 'soon', '0001-01-01T00:00:00Z', 7 as unknown as string])
    assert.is(millis(odd), null);
});

test('ages are in seconds, negative in the future, null when unknown', () => {
  assert.is(ageSeconds(A, '2026-03-01T02:59:30Z'), 30);
  assert.is(ageSeconds(A, B), -0.5);
  assert.is(ageSeconds(A, null), null);
  assert.is(ageSeconds('now', A), null);
});

test('the later of two times', () => {
  assert.is(later(A, B), B);
  assert.is(later(B, A), B);
  assert.is(later(null, A), A);
  assert.is(later(A, 'odd'), A);
  assert.is(later(undefined, null), null);
});

test.run();
