import { join } from 'node:path';
import { type Cluster, run } from './cluster.ts';
import { get, waitUntil } from './kubectl.ts';
import { IN_KUBEVIRT, operatorKubeconfig, operatorVariables } from './operator.ts';

/** Does what the operator's Job does, whose pod no kubelet runs (KubeVirt v1.7.0, pkg/virt-operator/strategy_job.go). */
export async function dumpInstallStrategy(cluster: Cluster): Promise<void> {
  let config = '';
  await waitUntil('the operator says what it wants to install', 120, async () => {
    config = (await kubevirtStatus(cluster)).targetDeploymentConfig ?? '';
    return config !== '';
  });
  const done = await run(
    cluster,
    join(cluster.binaries, 'bin', 'virt-operator'),
    ['--dump-install-strategy', `--kubeconfig=${await operatorKubeconfig(cluster)}`, '--port=8445'],
    {
      env: {
        ...operatorVariables('install-strategy'),
        TARGET_INSTALL_NAMESPACE: 'kubevirt',
        TARGET_IMAGE_PULL_POLICY: 'IfNotPresent',
        TARGET_DEPLOYMENT_CONFIG: config,
      },
    },
  );
  if (done.code !== 0) throw new Error(`virt-operator --dump-install-strategy: ${done.stderr.slice(-500)}`);
}

interface KubeVirtStatus {
  phase?: string;
  targetDeploymentConfig?: string;
}

/** What the operator last wrote about KubeVirt. */
export async function kubevirtStatus(cluster: Cluster): Promise<KubeVirtStatus> {
  const kubevirt = await get<{ status?: KubeVirtStatus }>(cluster, ['kubevirt', 'kubevirt', IN_KUBEVIRT]);
  return kubevirt?.status ?? {};
}
