import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import process from 'node:process';
import { cachedOnce, contentKey } from './cache.ts';
import { step } from './progress.ts';

/** Builds programs from the Go module in `folder`, without what changes from machine to machine. */
export function goBuild(folder: string, target: string, packages: string[], stamps: string[] = []): Promise<string> {
  const flags = ['-s', '-w', ...stamps.map((stamp) => `-X ${stamp}`)].join(' ');
  return go(folder, ['build', '-trimpath', `-ldflags=${flags}`, '-o', target, ...packages]);
}

/** The directory with these programs, built once per content of the folder's go.mod and go.sum. */
export function goTools(folder: string, packages: string[]): Promise<string> {
  const name = basename(folder);
  return cachedOnce(`${name}-${contentKey(['go.mod', 'go.sum'], folder)}`, async (draft) => {
    await step(`Building ${name} (once, 1 minute)`, () => goBuild(folder, `${draft}/`, packages));
  });
}

export function go(folder: string, args: string[]): Promise<string> {
  return output('go', args, folder);
}

/** Runs a program and gives its stdout; its stderr is shown. Rejects when it cannot be run or fails. */
export async function output(command: string, args: string[], cwd = process.cwd()): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${command} ${args[0] ?? ''} ended with ${code}`);
  return text;
}
