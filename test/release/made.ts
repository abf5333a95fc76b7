import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { temporaryDirectory } from '../cluster/open.ts';
import { finish } from '../helpers/process.ts';
import type { Test } from '../helpers/suite.ts';

const root = join(import.meta.dirname, '../..');
let folder: Promise<string> | null = null;

/** The folder of a release of these sources, made once for all tests of this run. */
export function madeRelease(): Promise<string> {
  folder ??= makeRelease(root, join(temporaryDirectory(), 'release'));
  return folder;
}

/** Makes a release of the sources in `checkout`, in a process of its own. */
export async function makeRelease(checkout: string, output: string, env = process.env, umask = '022'): Promise<string> {
  const script = 'umask "$1"; shift; exec "$@"';
  const command = [process.execPath, join(checkout, 'scripts/release.ts'), output];
  const child = spawn('sh', ['-c', script, 'sh', umask, ...command], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { code, stderr } = await finish(child);
  if (code !== 0) throw new Error(`the release ended with ${code}: ${stderr}`);
  return output;
}

/** Why no release can be made and tried here, in one line; `null` when it can. */
export function releaseObstacle(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'a release is made on Linux on x64';
  for (const [program, flag] of [
    ['go', 'version'],
    ['tar', '--version'],
    ['git', '--version'],
    ['openssl', 'version'],
  ] as const) {
    if (spawnSync(program, [flag]).status !== 0) return `${program} is needed for a release and its tests`;
  }
  return null;
}

/** Declares tests that are skipped, with the reason, where something is missing; but in CI they fail there. */
export function declareWhere(test: Test, obstacle: string | null): (name: string, handler: () => unknown) => void {
  if (obstacle === null) return test;
  if (!process.env.CI) return (name) => test.skip(name, obstacle);
  return (name) =>
    test(name, () => {
      throw new Error(obstacle);
    });
}
