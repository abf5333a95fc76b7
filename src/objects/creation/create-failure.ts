import type { KubernetesEvent, ReplicaSet } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { eventMessage, eventsAbout, eventTime } from '../meta/event.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { millis } from '../meta/time.ts';
import type { Operator } from '../operator/operator.ts';

export interface CreateFailure {
  replicaSet: ReplicaSet;
  /** The API server's words, without the controller's `Error creating: `. */
  message: string;
  time: string | null;
  source: string;
}

/**
 * The newest reason why a ReplicaSet could not create pods. Its condition keeps the text of the *first* failure for good
 * (Kubernetes 1.36 pkg/controller/replicaset/replica_set_utils.go calculateStatus), so a newer FailedCreate event wins.
 */
export function createFailure(
  replicaSet: ReplicaSet,
  events: readonly KubernetesEvent[] | null | undefined,
): CreateFailure | null {
  const event = eventsAbout(events, replicaSet, 'FailedCreate')[0];
  const failed = condition(replicaSet.status?.conditions, 'ReplicaFailure');
  const name = nameOf(replicaSet);
  const eventAt = event ? millis(eventTime(event)) : null;
  const conditionAt = millis(failed?.lastTransitionTime);
  if (event && (failed?.status !== 'True' || conditionAt === null || (eventAt ?? 0) >= conditionAt)) {
    const message = eventMessage(event).replace(/^Error creating: /, '');
    return { replicaSet, message, time: eventTime(event), source: `replicaset/${name} event FailedCreate` };
  }
  if (failed?.status !== 'True' || !failed.message) return null;
  const source = `replicaset/${name} status.conditions[ReplicaFailure]`;
  return { replicaSet, message: failed.message, time: failed.lastTransitionTime ?? null, source };
}

/** The newest failure of any ReplicaSet that still owes pods. */
export function newestCreateFailure(
  operator: Operator,
  events: readonly KubernetesEvent[] | null | undefined,
): CreateFailure | null {
  const failures = operator.replicaSets
    .filter((one) => (one.spec?.replicas ?? 0) > 0)
    .flatMap((one) => createFailure(one, events) ?? [])
    .filter((one) => !isOvercome(one, operator));
  return failures.sort((a, b) => (millis(b.time) ?? 0) - (millis(a.time) ?? 0))[0] ?? null;
}

/** Whether the ReplicaSet made a pod after it: then it is of an earlier outage. */
function isOvercome({ replicaSet, time }: CreateFailure, { pods }: Operator): boolean {
  const at = millis(time);
  const own = pods.filter((pod) => isControlledBy(pod, replicaSet));
  return at !== null && own.some((pod) => (millis(pod.metadata?.creationTimestamp) ?? 0) > at);
}
