import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Binaries, build, KUBEVIRT_VERSION } from './build.ts';
import { cachedOnce, contentKey } from './cache.ts';
import { makeCertificates } from './certificates.ts';
import type { Cluster } from './cluster.ts';
import { startControlPlane, stopControlPlane } from './control-plane.ts';
import { dumpInstallStrategy, kubevirtStatus } from './install-strategy.ts';
import { create, kubectl, waitUntil } from './kubectl.ts';
import { openNetwork } from './network.ts';
import { nodes } from './nodes.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, startOperator, stopOperator, waitForLeader } from './operator.ts';
import { step } from './progress.ts';

/** Of the sources that decide what is in the directory. */
const KEY = contentKey([
  'base.ts',
  'certificates.ts',
  'container-logs.ts',
  'control-plane.ts',
  'install-strategy.ts',
  'nodes.ts',
]);

const KUBEVIRT = {
  apiVersion: 'kubevirt.io/v1',
  kind: 'KubeVirt',
  metadata: { name: 'kubevirt', namespace: 'kubevirt' },
  // Without this the operator waits for virt-api, which does not run here.
  spec: { configuration: { commonInstancetypesDeployment: { enabled: false } } },
};

/** The directory of a stopped cluster, made once and then copied: with KubeVirt installed by the real operator, or without. */
export function base(binaries: Binaries, installed: boolean): Promise<string> {
  const what = installed ? `with KubeVirt ${KUBEVIRT_VERSION} installed` : 'without KubeVirt';
  const name = `${binaries.key}-${installed ? 'kubevirt' : 'empty'}-${KEY}`;
  return cachedOnce(name, (draft) =>
    step(`Preparing a cluster ${what} (once, 1 minute)`, () => make(binaries, draft, installed)),
  );
}

/** Makes all that clusters are started from, before several start at once. */
export async function prepare(): Promise<void> {
  const binaries = await build();
  for (const installed of [true, false]) await base(binaries, installed);
}

async function make(binaries: Binaries, directory: string, installed: boolean): Promise<void> {
  await makeCertificates(directory);
  const network = await openNetwork();
  const kubeconfig = join(directory, 'admin.kubeconfig');
  const cluster = { directory, network: network.pid, kubeconfig, binaries: binaries.directory };
  try {
    await startControlPlane(cluster);
    await create(cluster, ...nodes());
    if (installed) await installKubeVirt(cluster);
    await kubectl(cluster, ['delete', 'events', '--all', '--all-namespaces']);
    await stopControlPlane(cluster);
  } finally {
    await network.close();
  }
  for (const folder of ['log', 'run', 'container-logs.yaml'])
    rmSync(join(directory, folder), { recursive: true, force: true });
}

async function installKubeVirt(cluster: Cluster): Promise<void> {
  await kubectl(cluster, ['create', `--filename=${join(cluster.binaries, 'kubevirt-operator.yaml')}`]);
  await kubectl(cluster, ['wait', '--for=condition=Established', 'crd/kubevirts.kubevirt.io', '--timeout=120s']);
  await waitUntil('the KubeVirt resource can be created', 120, async () => {
    await create(cluster, KUBEVIRT);
    return true;
  });
  await kubectl(cluster, ['rollout', 'status', 'deployment/virt-operator', IN_KUBEVIRT, '--timeout=120s']);
  await startOperator(cluster, await leaderOrFirstPod(cluster));
  await dumpInstallStrategy(cluster);
  await waitUntil('KubeVirt is deployed', 600, async () => (await kubevirtStatus(cluster)).phase === 'Deployed');
  await waitForLeader(cluster);
  await stopOperator(cluster);
}
