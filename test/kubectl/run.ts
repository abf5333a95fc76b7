import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build, buildObstacle } from '../cluster/build.ts';
import { inNetwork, networkObstacle, openNetwork } from '../cluster/network.ts';
import type { Result } from '../helpers/run-files.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'kubectl-virtop');
const MAIN = join(import.meta.dirname, 'main.ts');
/** What a pod finds at /var/run is made there, seen by these programs only. */
const APART = 'mount -t tmpfs tmpfs /var/run && exec "$@"';
const { KUBECTL_SEED: SEED = '1', KUBECTL_RUNS: RUNS = '1' } = process.env;
const MIXTURES = 150;

/**
 * Compares with kubectl what the plugin makes of kubeconfigs, flags and environment; only cases whose name holds the word. KUBECTL_SEED
 * makes other mixtures, and KUBECTL_RUNS so many times as many.
 */
export async function runSameAsKubectl(word = ''): Promise<Result> {
  const obstacle = networkObstacle() ?? (await buildObstacle()) ?? missingProgram();
  if (obstacle !== null) return skip(obstacle);
  const { directory } = await build();
  const network = await openNetwork();
  try {
    const mixtures = String(MIXTURES * Number(RUNS));
    const args = [join(directory, 'bin', 'kubectl'), PROGRAM, SEED, mixtures, word];
    const inside = ['--mount', 'sh', '-c', APART, 'sh', process.execPath, MAIN, ...args];
    return await resultOf(...inNetwork(network.pid, 'unshare', inside));
  } finally {
    await network.close();
  }
}

async function resultOf(command: string, args: string[]): Promise<Result> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(child, 'close');
  const lines = text.trim().split('\n');
  const last = lines.pop() ?? '';
  console.log(lines.join('\n'));
  if (/^\{"passed":\d+,"failed":\d+\}$/.test(last)) return { ...JSON.parse(last), skipped: 0 };
  throw new Error(`the comparison with kubectl ended early: ${last}`);
}

function missingProgram(): string | null {
  return existsSync(PROGRAM) ? null : 'dist/kubectl-virtop does not exist: `npm run build` makes it';
}

/** On a person's machine what cannot run is skipped; in CI it is a failure. */
function skip(why: string): Result {
  const inCi = Boolean(process.env.CI);
  console.log(`  ${inCi ? 'FAIL ' : 'SKIPPED'} the comparison with kubectl: ${why}`);
  return { passed: 0, failed: Number(inCi), skipped: Number(!inCi) };
}
