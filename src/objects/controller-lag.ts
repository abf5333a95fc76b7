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
  const { deployment, replicaSets } = operator;
  const tried = replicaSets.flatMap((one) => eventsAbout(seen.events, one, 'FailedCreate'));
  const until = millis(seen.aliveUntil);
  if (tried.some((event) => until === null || (millis(eventTime(event)) ?? 0) > until)) return [];
  const generation = deployment?.metadata?.generation ?? 0;
  const observed = deployment?.status?.observedGeneration ?? 0;
  const unseen = generation > observed && (ageSeconds(seen.readAt, lastSpecChange(operator)) ?? 0) > PATIENCE_SECONDS;
  const miscounted = replicaSets.filter((one) => {
    const pods = operator.pods.filter((pod) => isControlledBy(pod, one)).length;
    return (one.spec?.replicas ?? 0) > pods && (one.status?.replicas ?? 0) > pods;
  });
  return [
    ...(unseen ? [`the Deployment is at generation ${generation}, its controller has seen ${observed}`] : []),
    ...miscounted.map(
      (one) => `ReplicaSet ${nameOf(one)} still counts ${one.status?.replicas ?? 0} pods, of which some are gone`,
    ),
  ];
}

function lastSpecChange({ deployment }: Operator): string | null {
  const writes = list(deployment?.metadata?.managedFields).filter((entry) => entry.subresource !== 'status');
  const times = [deployment?.metadata?.creationTimestamp, ...writes.map((entry) => entry.time)];
  return times.toSorted((a, b) => (millis(b) ?? 0) - (millis(a) ?? 0))[0] ?? null;
}
