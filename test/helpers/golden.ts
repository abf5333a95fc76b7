import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import * as assert from 'uvu/assert';

/**
 * Compares `actual` with the file at `path`, byte by byte, and fails with the lines that differ.
 * `UPDATE_GOLDEN=1 npm test` writes the file instead; where CI is set that is refused, because it would prove nothing.
 */
export function matchesGolden(path: string, actual: string): void {
  const name = relative(process.cwd(), path);
  if (process.env.UPDATE_GOLDEN) {
    if (process.env.CI) throw new Error(`UPDATE_GOLDEN is refused where CI is set: update ${name} on your machine.`);
    writeFileSync(path, actual);
    return;
  }
  if (!existsSync(path))
    throw new Error(`${name} does not exist: write it with UPDATE_GOLDEN=1 npm test, then read it.`);
  const expected = readFileSync(path, 'utf8');
  const hint = `${name} differs; if the new text is right, run UPDATE_GOLDEN=1 npm test and read the diff.`;
  assert.fixture(actual, expected, hint);
  assert.is(actual, expected, hint);
}
