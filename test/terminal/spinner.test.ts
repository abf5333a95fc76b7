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

test.run();
