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

const { argv, env, platform, stderr, stdout } = process;
run(argv.slice(2), programName(), { stdout, stderr, env, platform }).then(end, () => end(1));
