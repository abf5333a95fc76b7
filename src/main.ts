import { basename } from 'node:path';
import process from 'node:process';
import { run } from './cli.ts';
import { wholeLine } from './model/line.ts';
import { print } from './terminal/print.ts';

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** kubectl runs a plugin as kubectl-NAME: messages then call it what the user typed. */
function programName(): string {
  const name = basename(process.argv0, '.exe');
  return name.startsWith('kubectl-') ? name.replace('-', ' ') : name;
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

let isWritten = true;
// Should nothing be left to wait for before there is an answer, that is no success.
process.exitCode = 1;

function end(code: number): void {
  process.exitCode = isWritten ? code : 1;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read our output may have seen enough.
  if (error.code === 'EPIPE') return;
  isWritten = false;
  process.exitCode = 1;
  process.stderr.write(`error: cannot write the answer: ${error.message}\n`);
});
// There is nowhere left to say so.
process.stderr.on('error', () => undefined);

let lastWords = '';
const ifInterrupted = (words: string) => {
  lastWords = words;
};
const atEnd = (action: () => void) => {
  process.once('exit', action);
};
const { argv, env, platform, stderr, stdin, stdout } = process;
const io = { stdin, stdout, stderr, env, platform, isTerminal: stdin.isTTY === true, ifInterrupted, atEnd, killGroup };

for (const [signal, number] of Object.entries(SIGNALS)) {
  process.on(signal, () => {
    const lines = lastWords === '' ? [] : ['', ...lastWords.split('\n')].map((text) => wholeLine(text));
    print({ kind: 'lines', lines }, stderr, io, 'never');
    process.exit(128 + number);
  });
}
run(argv.slice(2), programName(), io).then(end, () => end(1));
