import * as assert from 'uvu/assert';
import { type Span, span } from '../../src/model/line.ts';
import { width, wrap } from '../../src/terminal/wrap.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('wrap');

function wrapped(text: string, columns: number, hang = 0): string[] {
  return wrap([span(text)], columns, hang).map((row) => row.map((one) => one.text).join(''));
}

test('wide and combining characters take the columns that a terminal gives them', () => {
  const cases: [string, number][] = [
    ['abc', 3],
    ['大小', 4],
    ['e\u0301', 1],
    ['🐧', 2],
    ['', 0],
  ];
  for (const [text, expected] of cases) assert.is(width(text), expected, text);
});

test('what fits stays as it is, spaces included', () => {
  assert.equal(wrapped('  a   b  ', 9), ['  a   b  ']);
});

test('lines break at spaces, and later rows hang', () => {
  assert.equal(wrapped('CAUSE  one two three', 12, 7), ['CAUSE  one', '    two', '    three']);
  assert.equal(wrapped('aa bb cc', 5), ['aa bb', 'cc']);
});

test('a word that fits nowhere is cut', () => {
  assert.equal(wrapped('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  assert.equal(wrapped('x 大大大大', 5), ['x', '大大', '大大']);
});

test('no row is wider than asked for, at any width', () => {
  const text = 'virt-operator: 2/2 ready, leader virt-operator-6c9b5d7f9b-x7k2p 大小大小大小 renewed 3s ago';
  for (let columns = 4; columns <= 120; columns++) {
    const rows = wrapped(text, columns, 10);
    assert.ok(
      rows.every((row) => width(row) <= columns),
      `${columns}: ${JSON.stringify(rows)}`,
    );
    assert.is(rows.join('').replaceAll(' ', ''), text.replaceAll(' ', ''), `${columns} columns lose text`);
  }
});

test('tones stay on their words', () => {
  const spans: Span[] = [span('DOWN  ', 'bad'), span('two words')];
  assert.equal(wrap(spans, 10, 2), [
    [span('DOWN  ', 'bad'), span('two')],
    [span('  '), span('words')],
  ]);
});

test.run();
