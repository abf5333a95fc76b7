import type { Deployment, KubernetesEvent, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { type PolicyDenial, policyDenial } from '../../objects/creation/admission-policy.ts';
import { idleControllers } from '../../objects/creation/controller-rights.ts';
import { newestCreateFailure } from '../../objects/creation/create-failure.ts';
import { replicaSetFailure } from '../../objects/creation/replica-set-failure.ts';
import { clusterServiceVersionOf } from '../../objects/meta/owner.ts';
import { operatorOf } from '../../objects/operator/operator.ts';

/** What to ask about whatever may stand in the way of new pods; `null`, `false` or nothing where nothing seen calls for it. */
export interface ObstacleQuestions {
  /** What the API server says refuses the pods, or their ReplicaSet. */
  denial: PolicyDenial | null;
  runtimeClass: string | null;
  /** Controllers of kube-controller-manager that leave something undone. */
  controllers: string[];
  autoscalers: boolean;
  clusterServiceVersion: string | null;
}

interface SoFar {
  deployment: Deployment | null;
  replicaSets: ReplicaSet[];
  pods: Pod[];
  events: KubernetesEvent[];
}

/** Decides what to ask, given what was read. */
export function obstacleQuestions(seen: SoFar): ObstacleQuestions {
  const operator = operatorOf(seen);
  const failure = replicaSetFailure(operator, seen.events) ?? newestCreateFailure(operator, seen.events);
  return {
    denial: policyDenial(failure?.message ?? ''),
    runtimeClass: seen.deployment?.spec?.template?.spec?.runtimeClassName || null,
    controllers: idleControllers(operator),
    autoscalers: operator.desired === 0,
    clusterServiceVersion: clusterServiceVersionOf(seen.deployment),
  };
}
