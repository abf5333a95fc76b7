import { spawn } from 'node:child_process';
import headless from '@xterm/headless';
import { finish } from './process.ts';

const ROWS = 60;

/** A program that runs on a terminal, and what a person would see there. */
export interface Screen {
  /** The rows that are not empty, as they stand now. */
  rows(): string[];
  /** What a person copies from it: a line that the terminal broke is one. */
  lines(): string[];
  /** Everything that was sent to the terminal, escape sequences included. */
  raw(): string;
  /** Settles when the screen shows a match, or fails when the program ends without one. */
  shows(pattern: RegExp): Promise<void>;
  /** Types keys. */
  type(keys: string): void;
  /** The exit code, once everything is on the screen. */
  ended: Promise<number | null>;
}

/** Ends a program that hangs, also when whoever started it has gone. */
const PATIENCE = ['--foreground', '--kill-after=1'];

/** A shell with job control: Ctrl-Z stops the program and shows STOPPED, Enter continues it. */
export function stoppable(command: readonly string[]): string[] {
  return ['bash', '-mc', `${command.map((word) => `"${word}"`).join(' ')}; echo STOPPED; read -r; fg`];
}

/** Runs a program on a pseudo-terminal of its own (util-linux `script`), so many columns wide, for so many seconds at most. */
export function openScreen(
  command: readonly string[],
  columns: number,
  env: Record<string, string> = {},
  seconds = 60,
): Screen {
  const terminal = new headless.Terminal({ cols: columns, rows: ROWS, allowProposedApi: true, convertEol: false });
  const words = command.map((word) => `'${word}'`).join(' ');
  const inside = `stty cols ${columns} rows ${ROWS}; exec ${words}`;
  const child = spawn('timeout', [...PATIENCE, String(seconds), 'script', '-qefc', inside, '/dev/null'], {
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8', SHELL: '/bin/sh', ...env },
  });
  const waiting = new Set<() => void>();
  let raw = '';
  child.stdout.on('data', (chunk: Buffer) => {
    raw += chunk.toString('utf8');
    terminal.write(chunk, () => {
      for (const look of waiting) look();
    });
  });
  const shown = () => Array.from({ length: ROWS }, (_, row) => terminal.buffer.active.getLine(row));
  const rows = () => shown().flatMap((row) => row?.translateToString(true) || []);
  const lines = () =>
    shown().reduce<string[]>((before, row) => {
      const text = row?.translateToString(true) ?? '';
      return row?.isWrapped ? [...before.slice(0, -1), `${before.at(-1)}${text}`] : [...before, text];
    }, []);
  const drawn = () => new Promise<void>((resolve) => terminal.write('', resolve));
  const ended = finish(child).then(async ({ code }) => {
    await drawn();
    return code;
  });
  const shows = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => pattern.test(rows().join('\n')) && resolve();
      waiting.add(look);
      look();
      ended.then(() => {
        look();
        reject(new Error(`the program ended without ${pattern}; the screen shows:\n${rows().join('\n')}`));
      }, reject);
    });
  return { rows, lines, raw: () => raw, shows, type: (keys) => child.stdin.write(keys), ended };
}
