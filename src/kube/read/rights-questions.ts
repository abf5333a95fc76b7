import type { KubernetesEvent, Pod } from '../../model/kubernetes.ts';
import { crashesOf } from '../../objects/container/crash-class.ts';
import { neverLed } from '../../objects/container/idle.ts';
import { clusterServiceVersionOf } from '../../objects/meta/owner.ts';
import { leaderState } from '../../objects/operator/leader.ts';
import { leaseState } from '../../objects/operator/lease.ts';
import { type Operator, operatorOf } from '../../objects/operator/operator.ts';
import { containerStatuses } from '../../objects/pod/pod.ts';
import { lacksLeader, type SoFar } from './follow-up.ts';

/** Which objects to ask that give the operator its rights. */
export interface RightsQuestions {
  bindings: boolean;
  /** Role kubevirt-operator, for the lease. */
  role: boolean;
  /** ClusterRole kubevirt-operator, for all that the operator lists before. */
  clusterRole: boolean;
}

/**
 * Decides what to ask: who is bound, where a container has run or Ready pods do not lead; what the roles allow, where a pod says that it is
 * refused, or where Ready pods do not lead. OLM's roles have names of their own.
 */
export function rightsQuestions(seen: SoFar & { events: KubernetesEvent[] }): RightsQuestions {
  const operator = operatorOf(seen);
  const { operatorLease, pods, readAt } = seen;
  const leaderless = operator.ready.length > 0 && lacksLeader(operator, seen);
  const isRefused = crashesOf(operator, seen, 'crash-rbac').length > 0;
  const isIdle = idlesAlone(operator, seen);
  const lease = leaderState(operatorLease.status === 'read' ? operatorLease.value : null, pods, readAt);
  const isOurs = clusterServiceVersionOf(seen.deployment) === null;
  return {
    bindings: operator.unready.some(hasStarted) || leaderless,
    role: isOurs && (isRefused || isIdle),
    clusterRole: isOurs && (isRefused || (isIdle && neverLed(operator.ready, lease))),
  };
}

/** Whether Ready pods do not lead while kube-controller-manager does: where that has lost its lease, too, it is no trouble of the operator alone. */
export function idlesAlone(operator: Operator, seen: SoFar): boolean {
  const { controllerManagerLease, readAt } = seen;
  const isAlone = controllerManagerLease === null || !leaseState(controllerManagerLease, readAt).dead;
  return isAlone && operator.ready.length > 0 && lacksLeader(operator, seen);
}

/** Whether a container of the pod runs or has run, so that its rights matter. */
function hasStarted(pod: Pod): boolean {
  return containerStatuses(pod).some(
    ({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated,
  );
}
