import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../runtime.mjs';
import { EXAMPLE } from '../start-arguments.ts';

/**
 * V8 does nothing at a time of its own choosing, compiles nothing twice, forgets nothing and leaves nothing of freed memory
 * behind: the same bundle gives the same code, whatever else the machine does.
 */
const REPEATABLE = [
  '--predictable',
  '--clear-free-memory',
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
