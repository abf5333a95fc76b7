import * as assert from 'uvu/assert';
import { cutLine, span } from '../../src/model/line.ts';
import { cut } from '../../src/terminal/cut.ts';
import { print } from '../../src/terminal/print.ts';
import { sink, testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('cut');

test('a row is cut where the room ends, also in the middle of a wide character', () => {
  const texts = (columns: number) => cut([span('one '), span('日本', 'bad')], columns, '…').map(({ text }) => text);
  assert.equal(texts(8), ['one ', '日本']);
  assert.equal(texts(7), ['one ', '日', '…']);
  assert.equal(texts(6), ['one ', '', '…']);
  assert.equal(texts(3), ['on', '…']);
});

test('only a terminal cuts, or who says how wide it is', () => {
  const lines = [cutLine([span(`${'a'.repeat(18)}\u001b[2J`)])];
  const cases: [io: ReturnType<typeof testIo>, text: string][] = [
    [testIo(), `${'a'.repeat(18)}^[[2J\n`],
    [testIo({ LANG: 'C.UTF-8', COLUMNS: '20' }), `${'a'.repeat(18)}^…\n`],
    [{ ...testIo({ LANG: 'C' }), stdout: sink(20) }, `${'a'.repeat(17)}...\n`],
  ];
  for (const [io, text] of cases) {
    print({ kind: 'lines', lines }, io.stdout, io, 'never');
    assert.is(io.stdout.text, text);
  }
});

test.run();
