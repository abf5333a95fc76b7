// Runs a program of this repository on the Node runtime that ships: `node scripts/run.mjs PROGRAM ARGS…`.
// It starts on any Node from 20 on, without dependencies, and installs them when they are missing or out of date.
import { spawn, spawnSync } from 'node:child_process';
import { isInstalled, root, runtimePath } from './runtime.mjs';

if (!isInstalled()) install();
runOnRuntime(process.argv.slice(2));

function install() {
  console.error('Installing the dependencies that package-lock.json names (npm ci) …');
  const npm = process.env.npm_execpath;
  const [command, ...args] = npm ? [process.execPath, npm, 'ci'] : ['npm', 'ci'];
  const { status } = spawnSync(command, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status === 0) return;
  console.error('npm ci failed: see its messages above.');
  process.exit(1);
}

/** @param {string[]} args */
function runOnRuntime(args) {
  const child = spawn(runtimePath(), args, { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGINT'])) {
    // On a terminal Ctrl-C reaches the child by itself.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal)));
  }
  child.on('exit', (code, signal) => {
    if (signal) process.removeAllListeners(signal).kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}
