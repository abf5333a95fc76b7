import * as assert from 'uvu/assert';
import { startSpinner } from '../../src/terminal/spinner.ts';
import { sink, testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('spinner');

test('without a terminal, on a dumb one, or when quiet, nothing is written', () => {
  const terminal = { ...testIo(), stderr: sink(80) };
  const worlds = [
    { io: testIo(), quiet: false },
    { io: { ...terminal, env: { TERM: 'dumb' } }, quiet: false },
    { io: terminal, quiet: true },
  ];
  for (const { io, quiet } of worlds) {
    const spinner = startSpinner(io, quiet);
    spinner.show('Reading pods');
    spinner.stop();
    assert.is(io.stderr.text, '');
    assert.is(io.stdout.text, '');
  }
});

test('on a terminal it shows what is read, harmless and on one line, and clears it', async () => {
  const io = { ...testIo(), stderr: sink(30) };
  const spinner = startSpinner(io, false);
  try {
    spinner.show(`Reading \u001b[2J${'pods '.repeat(20)}`);
    while (!io.stderr.text.includes('Reading')) await new Promise((resolve) => setTimeout(resolve, 5));
  } finally {
    spinner.stop();
  }
  assert.match(io.stderr.text, ' Reading ^[[2Jpods pods pod\u001b');
  assert.ok(io.stderr.text.endsWith('\u001b[?25h'));
  assert.is(io.stdout.text, '');
});

test.run();
