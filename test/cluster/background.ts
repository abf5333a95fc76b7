import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { base } from './base.ts';
import { build } from './build.ts';
import type { Cluster } from './cluster.ts';
import { openCluster } from './open.ts';
import { isRunning } from './processes.ts';
import { step } from './progress.ts';
import { breakCluster, scenario } from './scenario.ts';

/** A cluster that a process in the background keeps; it ends with that process. */
interface Kept {
  keeper: number;
  cluster: Cluster;
}

/** Finds the running cluster of that name; `null` when there is none. */
export function findCluster(name: string): Cluster | null {
  const kept = read(name);
  return kept !== null && isRunning(kept.keeper) ? kept.cluster : null;
}

/** Starts a cluster that stays after this process, broken as the scenario says if one is given; its progress goes to stderr. */
export async function keepInBackground(name: string, chosen: string | null): Promise<Cluster> {
  const directory = folder(name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const log = openSync(join(directory, 'log'), 'a');
  const main = join(import.meta.dirname, 'main.ts');
  const args = [main, 'keep', `--name=${name}`, ...(chosen === null ? [] : [chosen])];
  const keeper = spawn(process.execPath, args, { stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  let shown = 0;
  const show = () => {
    const text = readFileSync(join(directory, 'log'), 'utf8');
    process.stderr.write(text.slice(shown));
    shown = text.length;
  };
  while (findCluster(name) === null && keeper.exitCode === null && keeper.signalCode === null) {
    await pause(200);
    show();
  }
  show();
  keeper.unref();
  const cluster = findCluster(name);
  if (cluster === null) throw new Error('the cluster did not start');
  return cluster;
}

/** Starts the cluster in this process and keeps it until this process is told to end. */
export async function keep(name: string, chosen: string | null): Promise<void> {
  const told = Promise.race(['SIGTERM', 'SIGINT', 'SIGHUP'].map((signal) => once(process, signal)));
  const wanted = chosen === null ? null : await scenario(chosen);
  const data = join(folder(name), 'data');
  const state = wanted?.starts ?? 'leading';
  const binaries = await build();
  await base(binaries, state !== 'empty');
  const { cluster, close } = await step('Starting the cluster', () => openCluster(binaries, state, data));
  save(name, wanted === null ? cluster : await step(`Breaking it: ${chosen}`, () => breakCluster(cluster, wanted)));
  // A pending promise alone does not keep a process alive.
  const timer = setInterval(() => undefined, 2 ** 30);
  await told;
  clearInterval(timer);
  await close();
}

/** Breaks the running cluster of that name. */
export async function breakInBackground(name: string, chosen: string): Promise<Cluster> {
  const kept = read(name);
  if (kept === null || !isRunning(kept.keeper)) throw new Error(`no cluster runs: start one with \`up ${chosen}\``);
  const wanted = await scenario(chosen);
  if (wanted.starts === 'empty')
    throw new Error(`${chosen} needs a cluster of its own: \`down\`, then \`up ${chosen}\``);
  const cluster = await step(`Breaking it: ${chosen}`, () => breakCluster(kept.cluster, wanted));
  write(name, { ...kept, cluster });
  return cluster;
}

/** Ends the cluster of that name and removes what it wrote; false when none ran. */
export async function endInBackground(name: string): Promise<boolean> {
  const kept = read(name);
  const ran = kept !== null && isRunning(kept.keeper);
  if (kept !== null && ran) process.kill(kept.keeper, 'SIGTERM');
  while (kept !== null && (isRunning(kept.keeper) || isRunning(kept.cluster.network))) await pause(50);
  rmSync(folder(name), { recursive: true, force: true });
  return ran;
}

function save(name: string, cluster: Cluster): void {
  write(name, { keeper: process.pid, cluster });
}

function write(name: string, kept: Kept): void {
  const file = join(folder(name), 'cluster.json');
  writeFileSync(`${file}.new`, JSON.stringify(kept));
  renameSync(`${file}.new`, file);
}

function read(name: string): Kept | null {
  try {
    return JSON.parse(readFileSync(join(folder(name), 'cluster.json'), 'utf8'));
  } catch {
    return null;
  }
}

function folder(name: string): string {
  if (!/^[a-z0-9-]+$/.test(name)) throw new Error(`--name ${name}: use small letters, digits and dashes`);
  const state = process.env.XDG_STATE_HOME || join(tmpdir(), `kubectl-virtop-${userInfo().username}`);
  return join(state, 'kubectl-virtop', `cluster-${name}`);
}
