import * as assert from 'uvu/assert';
import { goDuration } from '../../../src/objects/meta/go-duration.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('Go durations');

test('units add up to seconds', () => {
  assert.is(goDuration('168h0m0s'), 7 * 24 * 3600);
  assert.is(goDuration('1.5h'), 5400);
  assert.is(goDuration('2m3s500ms'), 123.5);
});

test('what Go would not read is no duration', () => {
  for (const odd of [null, undefined, '', '24', 'h', '-1h', '0s', '1d', '99999999999999h'])
    assert.is(goDuration(odd), null);
  assert.is(goDuration(7 as unknown as string), null);
});

test.run();
