import type { Cluster } from './cluster.ts';
import { kubectl } from './kubectl.ts';
import { IN_KUBEVIRT } from './operator.ts';

/** What the kubelet writes into a pod that it evicts (Kubernetes 1.36 pkg/kubelet/eviction/helpers.go). */
const EVICTED = {
  phase: 'Failed',
  reason: 'Evicted',
  message:
    'The node was low on resource: ephemeral-storage. Threshold quantity: 4241943838, available: 3912712Ki. Container virt-operator was using 60Ki, request is 0, has larger consumption of ephemeral-storage. ',
};

/** Ends operator pods as a kubelet does that needs their room; what is left of them stays. */
export async function evict(cluster: Cluster, ...pods: string[]): Promise<void> {
  const status = ['--subresource=status', '--type=merge', `--patch=${JSON.stringify({ status: EVICTED })}`];
  await kubectl(cluster, ['patch', 'pod', ...pods, IN_KUBEVIRT, ...status]);
}
