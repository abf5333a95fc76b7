import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { matchesGolden } from './golden.ts';
import { rejects, suite } from './suite.ts';

const test = suite('golden');
const folder = mkdtempSync(join(tmpdir(), 'virtop-golden-'));
const golden = join(folder, 'report.txt');
const given = { UPDATE_GOLDEN: process.env.UPDATE_GOLDEN, CI: process.env.CI };

function setEnvironment(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

/** As a promise, because uvu's `throws` lets uvu's own assertions through. */
async function compare(text: string): Promise<void> {
  matchesGolden(golden, text);
}

test.before.each(() => {
  setEnvironment({ UPDATE_GOLDEN: undefined, CI: undefined });
  writeFileSync(golden, '  a\n  b\n');
});
test.after.each(() => setEnvironment(given));
test.after(() => rmSync(folder, { recursive: true }));

test('equal bytes pass', () => matchesGolden(golden, '  a\n  b\n'));

test('other text, other indentation and a missing last newline fail', async () => {
  for (const text of ['  a\n  c\n', 'a\nb\n', '  a\r\n  b\r\n', '  a\n  b']) {
    await rejects(compare(text), Error, /report.txt differs/);
  }
});

test('a missing golden says how to write it', () => {
  assert.throws(() => matchesGolden(join(folder, 'none.txt'), 'a'), /none.txt does not exist: .*UPDATE_GOLDEN=1/);
});

test('UPDATE_GOLDEN writes the file', () => {
  setEnvironment({ UPDATE_GOLDEN: '1' });
  matchesGolden(golden, 'new\n');
  assert.is(readFileSync(golden, 'utf8'), 'new\n');
});

test('UPDATE_GOLDEN is refused where CI is set', () => {
  setEnvironment({ UPDATE_GOLDEN: '1', CI: 'true' });
  assert.throws(() => matchesGolden(golden, 'new\n'), /refused where CI is set/);
  assert.is(readFileSync(golden, 'utf8'), '  a\n  b\n');
});

test.run();
