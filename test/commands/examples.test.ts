import { spawnSync } from 'node:child_process';
import * as assert from 'uvu/assert';
import { run } from '../../src/cli.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('examples');

/** The words as a shell hands them over. */
function shellWords(text: string): string[] {
  const { stdout, status } = spawnSync('sh', ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8' });
  assert.is(status, 0);
  return stdout.split('\0').slice(0, -1);
}

for (const { name, aliases, examples } of COMMANDS) {
  test(`the help of ${name} has three examples or more, each of which is understood`, async () => {
    assert.ok(examples.length >= 3);
    assert.ok(examples.some(({ words }) => [name, ...(aliases ?? [])].includes(words.split(' ')[0] ?? '')));
    for (const { words } of examples) {
      const io = testIo();
      const args = shellWords(words);
      // With --help everything about a command line is checked, and nothing is done.
      assert.is(await run([...args, '--help'], 'kubectl virtop', io), 0, `${words}: ${io.stderr.text}`);
      assert.is(await run([...args, '--no-such-flag', '--help'], 'kubectl virtop', testIo()), 2);
    }
  });
}

test.run();
