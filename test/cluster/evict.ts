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

/** What the kubelet writes into a pod that has run for as long as it may (Kubernetes 1.36 pkg/kubelet/active_deadline.go). */
const LATE = {
  phase: 'Failed',
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
};

/** Ends operator pods as a kubelet does that needs their room; what is left of them stays. */
export function evict(cluster: Cluster, ...pods: string[]): Promise<void> {
  return end(cluster, pods, EVICTED);
}

/** Ends operator pods as a kubelet does at their deadline. */
export function exceedDeadline(cluster: Cluster, ...pods: string[]): Promise<void> {
  return end(cluster, pods, LATE);
}

async function end(cluster: Cluster, pods: readonly string[], status: object): Promise<void> {
  const patch = ['--subresource=status', '--type=merge', `--patch=${JSON.stringify({ status })}`];
  await kubectl(cluster, ['patch', 'pod', ...pods, IN_KUBEVIRT, ...patch]);
}
