import * as assert from 'uvu/assert';
import { LOG_START, type LogCursor, nextLine, readAgain } from '../../../src/kube/follow/log-cursor.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('log cursor');

/** The texts that are new of each stream. */
function read(...streams: string[][]): string[] {
  let cursor: LogCursor = LOG_START;
  return streams.flatMap((lines) => {
    cursor = readAgain(cursor);
    return lines.flatMap((line) => {
      const next = nextLine(cursor, line);
      cursor = next.cursor;
      return next.text ?? [];
    });
  });
}

test('what comes again is not new, also of one instant', () => {
  const first = ['2026-03-01T03:00:00.1Z a', '2026-03-01T03:00:00.25Z b', '2026-03-01T03:00:00.25Z b'];
  const again = [...first, '2026-03-01T03:00:00.25Z b', '2026-03-01T03:00:00.250000001Z c'];
  assert.equal(read(first, again, again), ['a', 'b', 'b', 'b', 'c']);
});

test('of one instant, only what was seen is known', () => {
  const stream = ['2026-03-01T03:00:00Z panic', '2026-03-01T03:00:00Z ', '2026-03-01T03:00:00Z goroutine'];
  assert.equal(read(stream.slice(2), stream, stream), ['goroutine', 'panic', '']);
});

test('times compare as times, not as text', () => {
  assert.equal(
    read(['2026-03-01T03:00:00.5Z a'], ['2026-03-01T03:00:00.45Z b', '2026-03-01T05:00:00.500000000+02:00 a']),
    ['a'],
  );
  assert.equal(read(['2026-03-01T03:00:00Z a'], ['2026-03-01T03:00:00.000000001Z b']), ['a', 'b']);
});

test('within one stream everything is new, also after a clock was set back', () => {
  const stream = [
    '2026-03-01T03:00:05Z a',
    '2026-03-01T03:00:01Z b',
    '2026-03-01T03:00:06Z c',
    '2026-03-01T03:00:02Z d',
  ];
  assert.equal(read(stream, stream), ['a', 'b', 'c', 'd']);
});

test('a line without a time is always new, an empty one is a line', () => {
  assert.equal(read(['no time', '2026-03-01T03:00:05Z', '2026-03-01T03:00:05Z '], ['no time']), [
    'no time',
    '',
    '',
    'no time',
  ]);
});

test.run();
