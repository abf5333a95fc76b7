import { join } from 'node:path';
import { get, kubectl, waitUntil } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import { start, stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

const MANAGER = 'kube-controller-manager';
const KUBECONFIGS = ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'];
/** As the control plane starts it, but for one controller. */
const FLAGS = [
  ...KUBECONFIGS.map((flag) => `--${flag}=${MANAGER}.kubeconfig`),
  '--bind-address=127.0.0.1',
  '--leader-elect=true',
  '--service-account-private-key-file=pki/service-account.key',
  '--root-ca-file=pki/ca.crt',
  '--use-service-account-credentials=true',
  '--controllers=*,-garbage-collector-controller',
];

/** kube-controller-manager collects no garbage, and somebody deletes the Deployment with all that it made: nothing goes. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  waits: 90,
  async break(cluster) {
    await stop(cluster, MANAGER, 'SIGKILL');
    await waitForStaleLease(cluster, 'kube-system', MANAGER, 10);
    start(cluster, MANAGER, join(cluster.binaries, 'bin', MANAGER), FLAGS);
    await kubectl(cluster, [
      'delete',
      'deployment',
      'virt-operator',
      '--cascade=foreground',
      '--wait=false',
      IN_KUBEVIRT,
    ]);
    await waitUntil('the Deployment waits for a minute, and a new kube-controller-manager leads', 120, async () => {
      const deployment = await get<Dated>(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT]);
      const lease = await get<Dated>(cluster, ['lease', MANAGER, '--namespace=kube-system']);
      return since(deployment?.metadata.deletionTimestamp) > 65 && since(lease?.spec.renewTime) < 5;
    });
  },
} satisfies Scenario;

interface Dated {
  metadata: { deletionTimestamp?: string };
  spec: { renewTime?: string };
}

function since(time: string | undefined): number {
  return (Date.now() - Date.parse(time ?? '')) / 1000;
}
