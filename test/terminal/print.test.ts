import * as assert from 'uvu/assert';
import { line, span, wholeLine } from '../../src/model/line.ts';
import { columns } from '../../src/terminal/io.ts';
import { print } from '../../src/terminal/print.ts';
import { sink, testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('print');

test('what a cluster says is harmless on every way to a terminal', () => {
  const io = testIo();
  const lines = [line([span('WHY  ', 'strong'), span('\u001b[2J\u202egnp')]), wholeLine('rm\u001b[1A')];
  print({ kind: 'lines', lines }, io.stdout, io, 'never');
  assert.is(io.stdout.text, 'WHY  ^[[2J\\u202egnp\nrm^[[1A\n');
});

test('a terminal without UTF-8 gets ASCII', () => {
  const io = testIo({ LANG: 'C' });
  print({ kind: 'lines', lines: [line('Größe')] }, io.stdout, io, 'auto');
  assert.is(io.stdout.text, 'Gr\\u00f6\\u00dfe\n');
});

test('a command is never broken, text is', () => {
  const io = { ...testIo({ LANG: 'C.UTF-8', COLUMNS: '20' }) };
  print(
    { kind: 'lines', lines: [line('one two three four five'), wholeLine('kubectl -n kubevirt get pods')] },
    io.stdout,
    io,
    'auto',
  );
  assert.is(io.stdout.text, 'one two three four\nfive\nkubectl -n kubevirt get pods\n');
});

test('neighbours of one tone are coloured together', () => {
  const io = testIo();
  print({ kind: 'lines', lines: [line([span('a', 'bad'), span('b', 'bad'), span('c')])] }, io.stdout, io, 'always');
  assert.is(io.stdout.text, '\u001b[1;31mab\u001b[0mc\n');
});

test('a document goes out as it is', () => {
  const io = testIo({ LANG: 'C', COLUMNS: '20' });
  const text = '{"title": "Größe, and long enough to be wrapped"}\n';
  print({ kind: 'document', text }, io.stdout, io, 'always');
  assert.is(io.stdout.text, text);
});

test("the width is the terminal's, else $COLUMNS, else 80, within reason", () => {
  const cases: [terminal: number | undefined, env: Record<string, string>, width: number][] = [
    [120, {}, 120],
    [120, { COLUMNS: '40' }, 120],
    [undefined, { COLUMNS: '40' }, 40],
    [undefined, {}, 80],
    [undefined, { COLUMNS: 'wide' }, 80],
    [5, {}, 20],
    [0, {}, 80],
    [1000, {}, 200],
  ];
  for (const [terminal, env, width] of cases) assert.is(columns(sink(terminal), env), width);
});

test.run();
