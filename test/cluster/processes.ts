import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { childrenOf, inNetwork } from './network.ts';

/** Starts a process of the cluster under a name; it writes to `log/NAME` and ends with the network at the latest. */
export function start(
  cluster: Cluster,
  name: string,
  command: string,
  args: readonly string[],
  env = process.env,
): void {
  mkdirSync(join(cluster.directory, 'log'), { recursive: true });
  mkdirSync(join(cluster.directory, 'run'), { recursive: true });
  const log = openSync(join(cluster.directory, 'log', name), 'a');
  const child = spawn(...inNetwork(cluster.network, command, args), {
    cwd: cluster.directory,
    env,
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  child.unref();
  writeFileSync(pidFile(cluster, name), String(child.pid));
}

/** Ends a process with a signal and waits until it is gone; after 10 seconds it is killed. Nothing happens if it does not run. */
export async function stop(cluster: Cluster, name: string, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const pid = pidOf(cluster, name);
  if (pid === null) return;
  // The process that is known enters the network and waits there for its only child: that one is meant.
  send(pid, signal);
  const killAt = performance.now() + 10_000;
  while (isRunning(pid)) {
    if (performance.now() > killAt) send(pid, 'SIGKILL');
    await pause(50);
  }
  rmSync(pidFile(cluster, name), { force: true });
}

/** Does the process of that name run? */
export function runs(cluster: Cluster, name: string): boolean {
  const pid = pidOf(cluster, name);
  return pid !== null && isRunning(pid);
}

/** Does this machine have a living process of that id? */
export function isRunning(pid: number): boolean {
  try {
    const state = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.[0];
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/** Lets the process of that name stand still, or go on, if it runs. */
export function freeze(cluster: Cluster, name: string, still: boolean): void {
  const pid = pidOf(cluster, name);
  if (pid === null) return;
  send(pid, still ? 'SIGSTOP' : 'SIGCONT');
  // nsenter stops itself together with its child (util-linux sys-utils/nsenter.c).
  if (!still) process.kill(pid, 'SIGCONT');
}

function send(pid: number, signal: NodeJS.Signals): void {
  for (const child of childrenOf(pid)) {
    try {
      process.kill(child, signal);
    } catch {
      // It ended in the meantime.
    }
  }
}

function pidOf(cluster: Cluster, name: string): number | null {
  try {
    return Number(readFileSync(pidFile(cluster, name), 'utf8'));
  } catch {
    return null;
  }
}

function pidFile(cluster: Cluster, name: string): string {
  return join(cluster.directory, 'run', name);
}
