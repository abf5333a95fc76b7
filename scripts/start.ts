// `npm start [-- ARGS]`: builds the executable if a source has changed and runs `kubectl-virtop status ARGS`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale, executable } from '../build.mjs';
import { argumentsFor, EXAMPLE } from './start-arguments.ts';

try {
  buildIfStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const { args, isExample } = argumentsFor(process.argv.slice(2), {
  KUBECONFIG: process.env.KUBECONFIG,
  hasDefaultKubeconfig: existsSync(join(homedir(), '.kube', 'config')),
});
if (isExample) {
  console.error(
    `No kubeconfig found, so this is a recorded outage (${EXAMPLE}). Your own cluster: npm start -- --kubeconfig FILE\n`,
  );
}
const { status, signal } = spawnSync(executable, args, { stdio: 'inherit' });
if (signal) process.kill(process.pid, signal);
process.exitCode = isExample && status === 3 ? 0 : (status ?? 1);
