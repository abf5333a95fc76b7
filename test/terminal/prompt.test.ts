import { Readable } from 'node:stream';
import * as assert from 'uvu/assert';
import { askLine, canAsk } from '../../src/terminal/prompt.ts';
import { sink, testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('prompt');

function terminal(typed: string[], env: Record<string, string> = { LANG: 'C.UTF-8' }) {
  return { ...testIo(env), stderr: sink(80), stdin: Readable.from(typed), isTerminal: true };
}

test('nobody is asked without a terminal to type on and one to read on', async () => {
  assert.is(canAsk({ isTerminal: false, stderr: sink(80) }), false);
  assert.is(canAsk({ isTerminal: true, stderr: sink() }), false);
  const io = testIo();
  assert.is(await askLine('Really? ', io), null);
  assert.is(io.stderr.text, '');
});

test('the answer is one line; the end of input is none', async () => {
  assert.is(await askLine('Really? ', terminal(['yes\n'])), 'yes');
  assert.is(await askLine('Really? ', terminal(['\n'])), '');
  const ended = terminal([]);
  assert.is(await askLine('Really? ', ended), null);
  assert.is(ended.stderr.text, 'Really? \n');
});

test('what a cluster says cannot move the cursor in a question', async () => {
  const io = terminal(['n\n'], { LANG: 'C' });
  await askLine('1) evil\u001b[2J\u00e9\nWhich? ', io);
  assert.is(io.stderr.text, '1) evil^[[2J\\u00e9\nWhich? ');
});

test('a long question is broken between words, and leaves room for the answer', async () => {
  const io = { ...terminal(['n\n']), stderr: sink(40) };
  await askLine('  1) roll-back: a roll-out that cannot finish\nThe owner may undo this change. Go on? (y/N): ', io);
  assert.is(
    io.stderr.text,
    '  1) roll-back: a roll-out that\n     cannot finish\nThe owner may undo this change. Go\non? (y/N): ',
  );
});

test.run();
