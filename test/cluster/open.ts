import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { base } from './base.ts';
import type { Binaries } from './build.ts';
import type { Cluster } from './cluster.ts';
import { startControlPlane } from './control-plane.ts';
import { openNetwork } from './network.ts';
import { leaderOrFirstPod, startOperator, waitForLeader } from './operator.ts';
import { isRunning } from './processes.ts';

/** What a cluster starts as: without KubeVirt, with it but without a running operator process, or with an operator that leads. */
export type StartState = 'empty' | 'installed' | 'leading';

export interface OpenCluster {
  cluster: Cluster;
  close(): Promise<void>;
}

/** Starts a cluster on a copy of the prepared one. */
export async function openCluster(binaries: Binaries, state: StartState, directory: string): Promise<OpenCluster> {
  mkdirSync(directory, { recursive: true });
  cpSync(await base(binaries, state !== 'empty'), directory, { recursive: true });
  const network = await openNetwork();
  const kubeconfig = join(directory, 'admin.kubeconfig');
  const cluster = { directory, network: network.pid, kubeconfig, binaries: binaries.directory };
  try {
    await startControlPlane(cluster);
    if (state === 'leading') {
      await startOperator(cluster, await leaderOrFirstPod(cluster));
      await waitForLeader(cluster);
    }
  } catch (error) {
    await network.close();
    throw error;
  }
  return { cluster, close: network.close };
}

const PREFIX = 'kubectl-virtop-test-';

/** A new temporary directory; those that ended processes left behind are removed. */
export function temporaryDirectory(): string {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : null;
    if (owner !== null && !isRunning(owner)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
}
