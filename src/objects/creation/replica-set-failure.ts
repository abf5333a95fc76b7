import type { Gap } from '../../model/finding.ts';
import type { KubernetesEvent } from '../../model/kubernetes.ts';
import { condition } from '../meta/condition.ts';
import { eventMessage, eventsAbout, eventTime } from '../meta/event.ts';
import { nameOf } from '../meta/reference.ts';
import { millis } from '../meta/time.ts';
import { type Operator, uncreatedGaps } from '../operator/operator.ts';

/** Kubernetes 1.36 pkg/controller/deployment/util/deployment_util.go FailedRSCreateReason: of the condition and of the event. */
const REASON = 'ReplicaSetCreateError';

export interface ReplicaSetFailure {
  /** The API server's words, without the controller's `Failed to create new replica set "…": `. */
  message: string;
  time: string | null;
  source: string;
}

/**
 * Why the ReplicaSet of the Deployment's present template could not be created; null when it exists, or when nothing was reported.
 * Like a ReplicaSet's, the condition keeps the text of the first failure (pkg/controller/deployment/sync.go getNewReplicaSet),
 * and is not written at all without a progress deadline: a newer event wins.
 */
export function replicaSetFailure(
  operator: Operator,
  events: readonly KubernetesEvent[] | null | undefined,
): ReplicaSetFailure | null {
  const { deployment, current } = operator;
  if (!deployment || current) return null;
  const name = nameOf(deployment);
  const progress = condition(deployment.status?.conditions, 'Progressing');
  const since = progress?.reason === REASON ? (progress.lastUpdateTime ?? null) : null;
  const event = eventsAbout(events, deployment, REASON)[0];
  if (event && (millis(eventTime(event)) ?? 0) >= (millis(since) ?? 0)) {
    return {
      message: inner(eventMessage(event)),
      time: eventTime(event),
      source: `deployment/${name} event ${REASON}`,
    };
  }
  if (progress?.reason !== REASON) return null;
  const source = `deployment/${name} status.conditions[Progressing]`;
  return { message: inner(progress.message ?? ''), time: since, source };
}

function inner(message: string): string {
  return message.replace(/^Failed to create new replica set "[^"]*": /, '');
}

/** What is missing because that ReplicaSet is: the roll-out, and the pods that no older ReplicaSet owes. */
export function unmadeGaps(operator: Operator): Gap[] {
  const none = operator.replicaSets.every((one) => (one.spec?.replicas ?? 0) === 0);
  return ['rollout', ...(none ? uncreatedGaps(operator) : [])];
}
