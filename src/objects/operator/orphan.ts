import type { Deployment, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';
import { controllerOf, isControlledBy, nameOf } from '../meta/reference.ts';

interface Seen {
  readonly deployment?: Deployment | null | undefined;
  readonly replicaSets?: readonly ReplicaSet[] | null | undefined;
}

/**
 * ReplicaSets of virt-operator that ask for pods and that no Deployment controls: none is their controller, or it was a Deployment of the same name that
 * is gone (deleted with --cascade=orphan, or replaced faster than its ReplicaSets were collected).
 */
export function orphanedReplicaSets({ deployment, replicaSets }: Seen): ReplicaSet[] {
  if (!deployment) return [];
  return list(replicaSets).filter((one) => {
    if (one.spec?.replicas === 0 || one.metadata?.deletionTimestamp || isControlledBy(one, deployment)) return false;
    const controller = controllerOf(one);
    return !controller || (controller.kind === 'Deployment' && controller.name === nameOf(deployment));
  });
}

/** Whether the Deployment controller would take it over: it is nobody's, and the selector means it (Kubernetes 1.36 pkg/controller/controller_ref_manager.go ClaimReplicaSets). */
export function isAdoptable(replicaSet: ReplicaSet, deployment: Deployment): boolean {
  return (
    !controllerOf(replicaSet) &&
    !!deployment.spec?.selector &&
    matchesSelector(deployment.spec.selector, replicaSet.metadata?.labels)
  );
}

/** Whether such a ReplicaSet controls this pod. */
export function isOrphans(pod: Pod, orphans: readonly ReplicaSet[]): boolean {
  return orphans.some((one) => isControlledBy(pod, one));
}
