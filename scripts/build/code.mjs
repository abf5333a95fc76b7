import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../runtime.mjs';
import { EXAMPLE } from '../start-arguments.ts';

/**
 * V8 does nothing at a time of its own choosing, compiles nothing twice, forgets nothing, and never has to clear up: between
 * two objects there is then the zero of fresh memory, and not what was there before. The same bundle gives the same code.
 */
const REPEATABLE = [
  '--predictable',
  '--clear-free-memory',
  '--no-memory-pool',
  '--initial-heap-size=2000',
  '--min-semi-space-size=512',
  '--no-flush-bytecode',
  '--no-opt',
  '--no-sparkplug',
  '--no-maglev',
];

/**
 * @param {string} bundled
 * @param {string} folder
 * @returns {string} the path of the code that V8 makes of the bundle on this platform
 */
export function recordCode(bundled, folder) {
  const output = join(folder, 'bundle.code');
  // No home: a login of whoever builds must not be used.
  const env = { PATH: process.env.PATH, HOME: folder, USERPROFILE: folder };
  const run = (/** @type {string[]} */ args) =>
    execFileSync(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
  run([...REPEATABLE, join(root, 'scripts', 'build', 'record-code.cjs'), bundled, output, EXAMPLE]);
  run([join(root, 'scripts', 'build', 'admit-code.cjs'), bundled, output]);
  return output;
}

/**
 * As `recordCode`, for a release: not taken before it came out the same three times.
 * @param {string} bundled
 * @param {string} folder
 * @returns {string}
 */
export function recordSameCode(bundled, folder) {
  /** @type {Map<string, number>} */
  const times = new Map();
  for (let recordings = 0; recordings < 20; recordings++) {
    const output = recordCode(bundled, folder);
    const code = readFileSync(output, 'latin1');
    times.set(code, (times.get(code) ?? 0) + 1);
    if (times.get(code) === 3) return output;
  }
  throw new Error('V8 made other code of the same bundle each time: the release would not be reproducible.');
}
