import type { KubernetesObject, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { controllerOf, nameOf } from '../meta/reference.ts';
import { ageSeconds } from '../meta/time.ts';

/** The garbage collector acts within seconds. */
const PATIENCE_SECONDS = 60;
/** Its finalizers (Kubernetes 1.36 apimachinery pkg/apis/meta/v1/types.go FinalizerDeleteDependents, FinalizerOrphanDependents). */
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/** Whether an object's deletion waits for nothing but the garbage collector: no dependent of it is on its way out. */
export function waitsForCollector(
  object: KubernetesObject,
  dependents: readonly KubernetesObject[],
  readAt: string,
): boolean {
  const finalizers = list(object.metadata?.finalizers);
  const overdue = (ageSeconds(readAt, object.metadata?.deletionTimestamp) ?? 0) > PATIENCE_SECONDS;
  const own = dependents.filter((one) => isOwnedBy(one, object));
  if (!overdue) return false;
  return (
    finalizers.includes(ORPHAN) ||
    (finalizers.includes(FOREGROUND) && own.every((one) => !one.metadata?.deletionTimestamp))
  );
}

/** Pods whose ReplicaSet does not exist: the collector deletes these, or, where they should stay, takes away their owner. */
export function leftBehind(pods: readonly Pod[], replicaSets: readonly ReplicaSet[], readAt: string): Pod[] {
  const uids = new Set(replicaSets.map((one) => one.metadata?.uid));
  return pods.filter((pod) => {
    const owner = controllerOf(pod);
    const isOld = (ageSeconds(readAt, pod.metadata?.creationTimestamp) ?? 0) > PATIENCE_SECONDS;
    return (
      owner?.kind === 'ReplicaSet' && !!owner.uid && !uids.has(owner.uid) && !pod.metadata?.deletionTimestamp && isOld
    );
  });
}

/** What holds an object's deletion, as `metadata.finalizers` says it. */
export function heldText(object: KubernetesObject): string {
  return `deleted at ${object.metadata?.deletionTimestamp}, held by ${list(object.metadata?.finalizers).join(', ')}; ${nameOf(object)} has no part that is still going`;
}

function isOwnedBy(child: KubernetesObject, owner: KubernetesObject): boolean {
  const uid = owner.metadata?.uid;
  return !!uid && list(child.metadata?.ownerReferences).some((one) => one.uid === uid);
}
