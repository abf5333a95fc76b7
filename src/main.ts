import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import { run } from './cli.ts';
import { COMPLETE } from './commands/complete/complete.ts';
import { line, wholeLine } from './model/line.ts';
import type { Stop } from './terminal/io.ts';
import { print } from './terminal/print.ts';

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** kubectl runs a plugin as kubectl-NAME: messages then call it what the user typed. */
function programName(): string {
  const name = basename(process.argv0, '.exe');
  return name.startsWith('kubectl-') ? name.replace('-', ' ') : name;
}

/** The name by which kubectl asks a plugin what may follow (kubectl v0.36 pkg/cmd/plugin/plugin_completion.go). */
function isCompleter(): boolean {
  return basename(process.argv0, '.exe') === 'kubectl_complete-virtop';
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Process groups that end with this program. */
const groups = new Set<number>();

function ownGroup(leader: number): () => unknown {
  groups.add(leader);
  return () => groups.delete(leader);
}

// Names are looked up in these threads, four unless said otherwise: as many names without an answer would keep all others waiting.
process.env.UV_THREADPOOL_SIZE ??= '64';

let isWritten = true;
// Should nothing be left to wait for before there is an answer, that is no success.
process.exitCode = 1;

/** Ends as soon as everything is written. */
function end(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => setImmediate(() => leave(isWritten ? code : 1))));
}

/** What else is to be done at the end. */
const endings: (() => void)[] = [];

function finish(): void {
  for (const action of endings.splice(0)) action();
}

process.on('exit', finish);

const SHELL = '/bin/sh';

/** Ends now. A name that is still looked up would hold that up until the resolver gives up: then only another program in this one's place ends at once. */
function leave(code: number): void {
  finish();
  for (const leader of groups) killGroup(leader);
  const isHeld = process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap');
  if (isHeld && process.execve && existsSync(SHELL)) process.execve(SHELL, ['sh', '-c', `exit ${code}`]);
  process.exit(code);
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
  endings.push(action);
};
const stops = new Set<Stop>();
const ifStopped = (stop: Stop) => {
  stops.add(stop);
  return () => stops.delete(stop);
};
let isStopped = false;

/** Stops as without a handler: a shell with job control takes over. Where there is none nothing stops, and it goes on at once. */
function stop(): void {
  for (const { leave } of stops) leave();
  isStopped = true;
  process.off('SIGTSTP', stop);
  process.kill(process.pid, 'SIGTSTP');
  // Signals that came meanwhile go first: one may be the end.
  setImmediate(() => setImmediate(() => isStopped && goOn()));
}

function goOn(): void {
  if (isStopped) process.on('SIGTSTP', stop);
  isStopped = false;
  for (const { enter } of stops) enter();
}

process.on('SIGTSTP', stop);
process.on('SIGCONT', goOn);

const { argv, env, platform, stderr, stdin, stdout } = process;
const io = {
  stdin,
  stdout,
  stderr,
  env,
  platform,
  isTerminal: stdin.isTTY === true,
  ifInterrupted,
  atEnd,
  ifStopped,
  executable: process.execPath,
  killGroup,
  ownGroup,
};

for (const [signal, number] of Object.entries(SIGNALS)) {
  process.on(signal, () => {
    // A command is copied: it stays in one piece.
    const lineOf = (text: string) => (text.includes('kubectl ') ? wholeLine(text) : line(text));
    const lines = lastWords === '' ? [] : ['', ...lastWords.split('\n')].map(lineOf);
    print({ kind: 'lines', lines }, stderr, io, 'never');
    leave(128 + number);
  });
}
run(isCompleter() ? [COMPLETE, ...argv.slice(2)] : argv.slice(2), programName(), io).then(end, () => end(1));
