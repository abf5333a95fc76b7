import type { KubernetesObject } from '../../model/kubernetes.ts';
import { list } from './list.ts';

/** The name of the ClusterServiceVersion (OLM) that owns an object; null when none does. */
export function clusterServiceVersionOf(object: KubernetesObject | null | undefined): string | null {
  const owners = list(object?.metadata?.ownerReferences);
  return owners.find((one) => one.kind === 'ClusterServiceVersion')?.name || null;
}
