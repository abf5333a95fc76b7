import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { inNetwork } from './network.ts';

/** A running control plane: plain data, so that any process which may enter its network can use it. */
export interface Cluster {
  /** Holds etcd's data, keys, kubeconfigs, logs and the processes' ids. */
  directory: string;
  /** The first process of its network. */
  network: number;
  /** The administrator's kubeconfig; it answers only inside the network. */
  kubeconfig: string;
  /** Where the built programs, stages and manifests are. */
  binaries: string;
}

export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
  milliseconds: number;
}

export interface RunOptions {
  env?: NodeJS.ProcessEnv;
  input?: string;
  /** After this many seconds it is killed, and its code is 137. */
  seconds?: number;
}

/** Runs a command inside the cluster's network to its end, with KUBECONFIG set; what it ends with is an answer, not an error. */
export async function run(
  cluster: Cluster,
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const start = performance.now();
  const limited = ['--signal=KILL', String(options.seconds ?? 120), command, ...args];
  const child = spawn(...inNetwork(cluster.network, 'timeout', limited), {
    env: environment(cluster, options.env),
  });
  const stdout = text(child.stdout);
  const stderr = text(child.stderr);
  child.stdin.on('error', () => undefined).end(options.input ?? '');
  const [code] = await once(child, 'close');
  return {
    code: code ?? 137,
    stdout: stdout(),
    stderr: stderr(),
    milliseconds: Math.round(performance.now() - start),
  };
}

/** The environment of a command inside the cluster: KUBECONFIG, the real kubectl before any other on the PATH, and a discovery cache of its own. */
export function environment(cluster: Cluster, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const path = [join(cluster.binaries, 'bin'), process.env.PATH].join(':');
  const KUBECACHEDIR = join(cluster.directory, 'cache');
  return { ...process.env, KUBECONFIG: cluster.kubeconfig, KUBECACHEDIR, PATH: path, ...extra };
}

function text(stream: NodeJS.ReadableStream): () => string {
  let all = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    all += chunk;
  });
  return () => all;
}
