import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { base } from './base.ts';
import type { Binaries } from './build.ts';
import type { Cluster } from './cluster.ts';
import { startControlPlane } from './control-plane.ts';
import { openNetwork } from './network.ts';
import { leaderOrFirstPod, startOperator, waitForLeader } from './operator.ts';
import { ownedDirectory } from './owned-directory.ts';

/** What a cluster starts as: without KubeVirt, with it but without a running operator process, or with an operator that leads. */
export type StartState = 'empty' | 'installed' | 'leading';

export interface OpenCluster {
  cluster: Cluster;
  close(): Promise<void>;
}

/** Starts a cluster on a copy of the prepared one. */
export async function openCluster(binaries: Binaries, state: StartState, directory: string): Promise<OpenCluster> {
  mkdirSync(directory, { recursive: true });
  // Most of it is zeros that etcd reserves; they need not be written.
  const copy = ['--recursive', '--sparse=always', '--reflink=auto'];
  await promisify(execFile)('cp', [...copy, `${await base(binaries, state !== 'empty')}/.`, directory]);
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

/** A new directory for a cluster that ends with this process. */
export function temporaryDirectory(): string {
  return ownedDirectory(tmpdir(), 'kubectl-virtop-test-');
}
