import { read } from '../api.ts';
import type { OperatorDeployment } from '../deployment.ts';
import { create, get, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, operatorPods, readyCount, startOperator, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const COPY = 'virt-operator-copy';
const LEASE = '/apis/coordination.k8s.io/v1/namespaces/kubevirt/leases/virt-operator';

/** Somebody copied the Deployment to try something, and the copy took the lease when the leader restarted. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'operator-duplicated' },
  async break(cluster) {
    const found = await get<OperatorDeployment>(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT]);
    const { namespace = 'kubevirt', labels = {} } = found?.metadata ?? {};
    await create(cluster, { ...found, metadata: { name: COPY, namespace, labels }, status: undefined });
    await waitUntil('four pods are Ready', 60, async () => readyCount(await operatorPods(cluster)) === 4);
    const copies = (await operatorPods(cluster)).map((pod) => pod.metadata.name).filter((pod) => pod.startsWith(COPY));
    await stopOperator(cluster);
    await startOperator(cluster, copies[0] ?? '');
    await waitUntil('a pod of the copy holds the lease', 60, async () => {
      const lease = await read<{ spec: { holderIdentity?: string } }>(cluster, LEASE);
      return copies.includes(lease?.spec.holderIdentity ?? '');
    });
  },
} satisfies Scenario;
