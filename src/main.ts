import { basename } from 'node:path';
import process from 'node:process';
import { run } from './cli.ts';

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** kubectl runs a plugin as kubectl-NAME: messages then call it what the user typed. */
function programName(): string {
  const name = basename(process.argv0, '.exe');
  return name.startsWith('kubectl-') ? name.replace('-', ' ') : name;
}

for (const [signal, number] of Object.entries(SIGNALS)) {
  process.on(signal, () => process.exit(128 + number));
}
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read our output may have seen enough.
    if (error.code !== 'EPIPE') throw error;
  });
}

function end(code: number): void {
  process.exitCode = code;
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

// Should nothing be left to wait for before there is an answer, that is no success.
process.exitCode = 1;
const { argv, env, platform, stderr, stdin, stdout } = process;
const io = { stdout, stderr, env, platform, isTerminal: stdin.isTTY === true, killGroup };
run(argv.slice(2), programName(), io).then(end, () => end(1));
