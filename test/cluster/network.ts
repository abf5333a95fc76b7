import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/**
 * A network of its own that has only the loopback device, on which every pod and service address is local: nothing that
 * a cluster dials can leave the machine. Its processes live in a pid namespace whose first process reads a pipe from
 * this one: when this process ends, however it ends, the pipe closes and the kernel ends them all.
 */
export interface Network {
  /** The first process of the namespaces, as seen from here. */
  pid: number;
  close(): Promise<void>;
}

const POD_NETWORK = '10.0.0.0/16';
export const SERVICE_NETWORK = '10.96.0.0/16';

const isRoot = process.getuid?.() === 0;
const UNSHARE = ['--net', '--pid', '--uts', '--fork', '--kill-child', ...(isRoot ? [] : ['--user', '--map-root-user'])];
const NSENTER = ['--net', '--pid', '--uts', ...(isRoot ? [] : ['--user', '--preserve-credentials'])];
/** The control plane's processes run on that node: they write its name into their leases. */
const HOST = 'cp-0';
const SET_UP = `hostname ${HOST} && ip link set lo up && ip addr add ${POD_NETWORK} dev lo && ip addr add ${SERVICE_NETWORK} dev lo && echo ready`;

/** Why this machine cannot make such a network, in one line; `null` when it can. */
export function networkObstacle(): string | null {
  if (process.platform !== 'linux') return `network namespaces need Linux, and this is ${process.platform}`;
  const tried = spawnSync('unshare', [...UNSHARE, 'sh', '-c', SET_UP], { encoding: 'utf8' });
  if (tried.error !== undefined) return `unshare (util-linux) cannot be run: ${tried.error.message}`;
  if (tried.status === 0) return null;
  return `a network namespace cannot be made here: ${tried.stderr.trim().split('\n')[0] ?? `exit code ${tried.status}`}`;
}

/** Opens a network; it closes with this process at the latest. */
export async function openNetwork(): Promise<Network> {
  const holder = spawn('unshare', [...UNSHARE, 'sh', '-c', `${SET_UP} && exec cat`], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(holder, 'exit');
  const answer = await Promise.race([once(holder.stdout, 'data'), ended.then(() => null)]);
  const pid = answer === null ? undefined : childrenOf(holder.pid ?? 0)[0];
  if (pid === undefined) throw new Error(networkObstacle() ?? 'the network namespace ended while it was made');
  holder.stdout.destroy();
  return {
    pid,
    async close() {
      holder.stdin.end();
      await ended;
    },
  };
}

/** The command line that runs `command` inside the network whose first process is `pid`. */
export function inNetwork(pid: number, command: string, args: readonly string[]): [string, string[]] {
  return ['nsenter', [`--target=${pid}`, ...NSENTER, '--', command, ...args]];
}

/** Process ids of a process's children (Linux, /proc). */
export function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
