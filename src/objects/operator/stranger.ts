import type { ObjectReference } from '../../model/finding.ts';
import type { Lease, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { lastWriter } from '../meta/managed-fields.ts';
import { controllerOf, isControlledBy, nameOf } from '../meta/reference.ts';
import { ageSeconds, millis } from '../meta/time.ts';
import { isActive, isReady } from '../pod/pod.ts';
import { holdsLease, leaderState } from './leader.ts';
import { type Operator, operatorOf, workloadGaps } from './operator.ts';
import { isOrphans, orphanedReplicaSets } from './orphan.ts';

/** Ready pods with the operator's label that its Deployment does not own: they ask for the same lease, and alerts count them. */
export function strangePods(operator: Operator, pods: readonly Pod[] | null | undefined): Pod[] {
  return list(pods).filter((pod) => isActive(pod) && isReady(pod) && !operator.pods.includes(pod));
}

/** Whether one of those leads, in place of the Deployment's own pods. */
export function isLedByStranger(
  operator: Operator,
  pods: readonly Pod[] | null | undefined,
  lease: { holder: string | null; alive: boolean } | null,
): boolean {
  return lease?.alive === true && strangePods(operator, pods).some((pod) => holdsLease(pod, lease.holder));
}

/** A second operator beside the Deployment's: its pods, and what made them. */
export interface SecondOperator {
  owner: ObjectReference;
  pods: Pod[];
  leads: boolean;
}

type Seen = Parameters<typeof operatorOf>[0] & {
  readonly operatorLease?: Lease | null | undefined;
  readonly readAt: string;
};

/**
 * Other owners of operator pods. One whose ReplicaSet is not listed counts only while it leads: otherwise that may have been deleted.
 * Pods without any controller are no operator of their own, and those of a ReplicaSet that no Deployment owns are told as such.
 */
export function secondOperators(seen: Seen): SecondOperator[] {
  const operator = operatorOf(seen);
  if (!operator.deployment) return [];
  const lease = leaderState(seen.operatorLease, seen.pods, seen.readAt);
  const orphans = orphanedReplicaSets(seen);
  const strangers = strangePods(operator, seen.pods).filter((pod) => !isOrphans(pod, orphans));
  const found = strangers.flatMap((pod) => {
    const leads = lease.alive && holdsLease(pod, lease.holder);
    const owner = ownerOf(pod, list(seen.replicaSets), nameOf(operator.deployment), leads);
    return owner ? [{ owner, pod, leads }] : [];
  });
  const groups = Map.groupBy(found, ({ owner: { kind, name } }) => `${kind}/${name}`);
  return [...groups.values()].flatMap((some) => {
    const [first] = some;
    return first
      ? [{ owner: first.owner, pods: some.map(({ pod }) => pod), leads: some.some(({ leads }) => leads) }]
      : [];
  });
}

/** The Deployment of a pod's ReplicaSet, or what else controls it. An earlier Deployment of the same name is gone. */
function ownerOf(pod: Pod, replicaSets: readonly ReplicaSet[], own: string, leads: boolean): ObjectReference | null {
  const controller = controllerOf(pod);
  const replicaSet = replicaSets.find((one) => isControlledBy(pod, one));
  if (!controller || (controller.kind === 'ReplicaSet' && !replicaSet && !leads)) return null;
  const above = replicaSet ? controllerOf(replicaSet) : null;
  const owner = above && nameIn(above) !== `Deployment ${own}` ? above : controller;
  return { kind: owner.kind ?? 'ReplicaSet', namespace: pod.metadata?.namespace ?? null, name: owner.name ?? '' };
}

function nameIn({ kind, name }: { kind?: string | null; name?: string | null }): string {
  return `${kind ?? 'Deployment'} ${name ?? ''}`;
}

/** client-go renews every 2 seconds. */
const JUST_NOW_SECONDS = 3;
/** What ends may renew until its grace period is over (30 seconds), and its lease looks renewed a little longer. */
const ENDED_MS = 60_000;

/**
 * The holder of a lease that goes on being renewed while it is none of the pods; null where there is no such, and while pods come
 * and go, as the one that held it may just have ended.
 */
export function unseenHolder(seen: Seen): string | null {
  const operator = operatorOf(seen);
  const lease = leaderState(seen.operatorLease, seen.pods, seen.readAt);
  const pods = list(seen.pods);
  if (!operator.deployment || !seen.pods || pods.some((pod) => holdsLease(pod, lease.holder))) return null;
  if (operator.ready.length > 0) return lease.alive && workloadGaps(operator).length === 0 ? lease.holder : null;
  if (operator.desired !== 0 || pods.length > 0) return null;
  const scaled = millis(lastWriter(operator.deployment, ['spec', 'replicas'])?.time);
  const isFresh = Math.abs(ageSeconds(seen.readAt, lease.renewTime) ?? ENDED_MS) <= JUST_NOW_SECONDS;
  return isFresh && scaled !== null && (millis(lease.renewTime) ?? 0) - scaled > ENDED_MS ? lease.holder : null;
}
