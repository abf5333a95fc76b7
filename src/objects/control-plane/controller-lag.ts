import type { Deployment, KubernetesEvent, ReplicaSet } from '../../model/kubernetes.ts';
import { eventsAbout, eventTime } from '../meta/event.ts';
import { list } from '../meta/list.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { ageSeconds, millis } from '../meta/time.ts';
import type { Operator } from '../operator/operator.ts';

/** Controllers act within a second or two; what is older than this is no matter of waiting. */
const PATIENCE_SECONDS = 30;

/**
 * What kube-controller-manager has left undone, one phrase each, newest facts only: a Deployment whose spec it has not seen,
 * and ReplicaSets whose status counts pods that are gone. A failure to create pods that was reported after `aliveUntil` proves it was at work.
 */
export function controllerLag(
  operator: Operator,
  seen: { events?: readonly KubernetesEvent[] | null | undefined; readAt: string; aliveUntil: string | null },
): string[] {
  const { replicaSets } = operator;
  if (hasTriedSince(operator, seen)) return [];
  return [...unseenChange(operator, seen.readAt), ...replicaSets.flatMap((one) => miscount(one, operator))];
}

/** Whether a failure to create pods was reported after `aliveUntil`, at whatever time where that is not known. */
export function hasTriedSince(
  { replicaSets }: Operator,
  { events, aliveUntil }: { events?: readonly KubernetesEvent[] | null | undefined; aliveUntil: string | null },
): boolean {
  const tried = replicaSets.flatMap((one) => eventsAbout(events, one, 'FailedCreate'));
  const until = millis(aliveUntil);
  return tried.some((event) => until === null || (millis(eventTime(event)) ?? 0) > until);
}

/** That a ReplicaSet which owes pods counts some that are gone; nothing otherwise. */
function miscount(replicaSet: ReplicaSet, { pods }: Operator): string[] {
  const made = pods.filter((pod) => isControlledBy(pod, replicaSet)).length;
  const counted = replicaSet.status?.replicas ?? 0;
  if ((replicaSet.spec?.replicas ?? 0) <= made || counted <= made) return [];
  return [`ReplicaSet ${nameOf(replicaSet)} still counts ${counted} pods, of which some are gone`];
}

/** The Deployment's last change, should its controller have left it for longer than it ever takes; nothing otherwise. */
export function unseenChange(operator: Operator, readAt: string): string[] {
  const { deployment } = operator;
  if (!deployment || !isBehind(deployment) || !isSettled(deployment, readAt)) return [];
  return [`the Deployment is at ${generations(deployment)}`];
}

/**
 * Whether all ReplicaSets of a Deployment that wants pods have long been asked for none, which its controller never leaves so: a rolling
 * update keeps some. A Recreate waits with none, and a ReplicaSet yet to be made is another matter.
 */
export function isUnscaled({ deployment, replicaSets, desired, current }: Operator, readAt: string): boolean {
  if (!deployment || !current || deployment.spec?.strategy?.type === 'Recreate') return false;
  const settled = [deployment, ...replicaSets].every((one) => isSettled(one, readAt));
  return settled && (desired ?? 0) > 0 && replicaSets.every((one) => one.spec?.replicas === 0);
}

export interface UnseenReplicaSet {
  replicaSet: ReplicaSet;
  texts: string[];
}

/** ReplicaSets that owe pods, and what their controller has not seen of them; one that reports failures is at work. */
export function unseenReplicaSets(
  operator: Operator,
  seen: { events?: readonly KubernetesEvent[] | null | undefined; readAt: string },
): UnseenReplicaSet[] {
  return operator.replicaSets
    .filter((one) => !one.metadata?.deletionTimestamp && eventsAbout(seen.events, one, 'FailedCreate').length === 0)
    .filter((one) => (one.spec?.replicas ?? 0) > operator.pods.filter((pod) => isControlledBy(pod, one)).length)
    .filter((one) => isSettled(one, seen.readAt))
    .map((replicaSet) => ({
      replicaSet,
      texts: [
        ...(isBehind(replicaSet) ? [`ReplicaSet ${nameOf(replicaSet)} is at ${generations(replicaSet)}`] : []),
        ...miscount(replicaSet, operator),
      ],
    }))
    .filter(({ texts }) => texts.length > 0);
}

type Controlled = Deployment | ReplicaSet;

function isBehind({ metadata, status }: Controlled): boolean {
  return (metadata?.generation ?? 0) > (status?.observedGeneration ?? 0);
}

function generations({ metadata, status }: Controlled): string {
  return `generation ${metadata?.generation ?? 0}, its controller has seen ${status?.observedGeneration ?? 0}`;
}

/** Whether its last change is older than its controller ever takes. */
function isSettled({ metadata }: Controlled, readAt: string): boolean {
  const writes = list(metadata?.managedFields).filter((entry) => entry.subresource !== 'status');
  const times = [metadata?.creationTimestamp, ...writes.map((entry) => entry.time)];
  const last = times.toSorted((a, b) => (millis(b) ?? 0) - (millis(a) ?? 0))[0];
  return (ageSeconds(readAt, last) ?? 0) > PATIENCE_SECONDS;
}
