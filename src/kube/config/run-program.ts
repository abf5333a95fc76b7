import { spawn } from 'node:child_process';
import { redact } from '../../objects/meta/redact.ts';
import { oneLine } from '../wire/one-line.ts';

const MAX_STDOUT = 1024 * 1024;

export interface RunOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** The program may ask a person: it gets standard input, and writes to standard error itself. */
  interactive: boolean;
  timeoutMs: number;
  killGroup(leader: number): void;
  ownGroup(leader: number): () => unknown;
}

/** How a program ended. `stderr` is the last line it wrote, unless it wrote to the terminal itself. */
export type Outcome =
  | { end: 'exit'; code: number; stdout: string; stderr: string }
  | { end: 'timeout'; code: null; stderr: string }
  | { end: 'missing'; code: null; stderr: string };

/** Runs a program to its end, or ends it and all that it started when the time is up. Never throws. */
export function runProgram(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { env, interactive, timeoutMs, killGroup, ownGroup } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...env },
      // A group of its own can be ended as a whole, but could not read from the terminal.
      detached: !interactive,
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', interactive ? 'inherit' : 'pipe'],
    });
    const disown = interactive || child.pid === undefined ? () => undefined : ownGroup(child.pid);
    let stdout = '';
    let stderr = '';
    const settle = (outcome: Outcome) => {
      clearTimeout(timer);
      disown();
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => {
      if (interactive || child.pid === undefined) child.kill('SIGKILL');
      else killGroup(child.pid);
      settle({ end: 'timeout', code: null, stderr: lastLine(stderr) });
    }, timeoutMs);
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      if (stdout.length < MAX_STDOUT) stdout += chunk;
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(-4096);
    });
    child.on('error', () => settle({ end: 'missing', code: null, stderr: '' }));
    child.on('close', (code) => settle({ end: 'exit', code: code ?? 1, stdout, stderr: lastLine(stderr) }));
  });
}

function lastLine(text: string): string {
  return oneLine(redact(text).trim().split('\n').at(-1) ?? '');
}
