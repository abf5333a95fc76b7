import type { KubernetesEvent } from '../model/kubernetes.ts';
import { eventsAbout, eventTime } from './event.ts';
import { list } from './list.ts';
import type { Operator } from './operator.ts';
import { isControlledBy, nameOf } from './reference.ts';
import { ageSeconds, millis } from './time.ts';

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
  const tried = replicaSets.flatMap((one) => eventsAbout(seen.events, one, 'FailedCreate'));
  const until = millis(seen.aliveUntil);
  if (tried.some((event) => until === null || (millis(eventTime(event)) ?? 0) > until)) return [];
  const miscounted = replicaSets.filter((one) => {
    const pods = operator.pods.filter((pod) => isControlledBy(pod, one)).length;
    return (one.spec?.replicas ?? 0) > pods && (one.status?.replicas ?? 0) > pods;
  });
  return [
    ...unseenChange(operator, seen.readAt),
    ...miscounted.map(
      (one) => `ReplicaSet ${nameOf(one)} still counts ${one.status?.replicas ?? 0} pods, of which some are gone`,
    ),
  ];
}

/** The Deployment's last change, should its controller have left it for longer than it ever takes; nothing otherwise. */
export function unseenChange(operator: Operator, readAt: string): string[] {
  const generation = operator.deployment?.metadata?.generation ?? 0;
  const observed = operator.deployment?.status?.observedGeneration ?? 0;
  const overdue = (ageSeconds(readAt, lastSpecChange(operator)) ?? 0) > PATIENCE_SECONDS;
  if (generation <= observed || !overdue) return [];
  return [`the Deployment is at generation ${generation}, its controller has seen ${observed}`];
}

function lastSpecChange({ deployment }: Operator): string | null {
  const writes = list(deployment?.metadata?.managedFields).filter((entry) => entry.subresource !== 'status');
  const times = [deployment?.metadata?.creationTimestamp, ...writes.map((entry) => entry.time)];
  return times.toSorted((a, b) => (millis(b) ?? 0) - (millis(a) ?? 0))[0] ?? null;
}
