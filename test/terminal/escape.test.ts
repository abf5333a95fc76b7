import * as assert from 'uvu/assert';
import { escapeText, toAscii } from '../../src/terminal/escape.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('escape');

const CASES: [name: string, from: string, to: string][] = [
  ['plain text', 'pods "virt-operator" not found', 'pods "virt-operator" not found'],
  ['letters of other scripts', 'Größe 大小 🐧', 'Größe 大小 🐧'],
  ['a colour', '\u001b[31mred\u001b[0m', '^[[31mred^[[0m'],
  ['a window title (OSC)', '\u001b]0;owned\u0007', '^[]0;owned^G'],
  ['a device control string (DCS)', '\u001bP1$r\u001b\\', '^[P1$r^[\\'],
  ['a C1 control sequence', '\u009b31m', '\\u009b31m'],
  ['carriage return and backspace', 'a\rb\bc', 'a^Mb^Hc'],
  ['DEL and NUL', '\u007f\0', '^?^@'],
  ['line breaks and tabs', 'first\n\tsecond \r\n third', 'first second ^M third'],
  ['a right-to-left override', 'ab\u202edc', 'ab\\u202edc'],
  ['isolates', '\u2066x\u2069', '\\u2066x\\u2069'],
  ['zero-width characters', 'a\u200bb\u200dc\ufeffd', 'a\\u200bb\\u200dc\\ufeffd'],
  ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ['a lone surrogate', 'a\ud83db', 'a\\ud83db'],
  ['a tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
];

for (const [name, from, to] of CASES) {
  test(name, () => assert.is(escapeText(from), to));
}

test('a long run of spaces takes no time', () => {
  const start = performance.now();
  escapeText(' '.repeat(100_000));
  const milliseconds = performance.now() - start;
  assert.ok(milliseconds < 1000, `${milliseconds.toFixed(0)} ms`);
});

test('a terminal without UTF-8 gets ASCII', () => {
  assert.is(toAscii('Größe 🐧 ok'), 'Gr\\u00f6\\u00dfe \\u{1f427} ok');
});

test.run();
