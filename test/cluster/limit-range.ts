import type { Cluster } from './cluster.ts';
import { create } from './kubectl.ts';

/** Creates LimitRange `container-limits` in the operator's namespace: what it says of a container's memory, such as `{ min: '1Gi' }`. */
export function limitContainerMemory(cluster: Cluster, memory: Record<string, string>): Promise<void> {
  const bounds = Object.entries(memory).map(([field, value]) => [field, { memory: value }]);
  return create(cluster, {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'container-limits', namespace: 'kubevirt' },
    spec: { limits: [{ type: 'Container', ...Object.fromEntries(bounds) }] },
  });
}
