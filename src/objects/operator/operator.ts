import type { EvidenceValues } from '../../model/evidence.ts';
import type { Gap } from '../../model/finding.ts';
import type { Deployment, Pod, ReplicaSet } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isControlledBy, nameOf } from '../meta/reference.ts';
import { isActive, isFinished, isReady } from '../pod/pod.ts';
import { sameTemplate } from '../pod/template.ts';

/** The operator as its objects relate to each other, counted from pods: the Deployment's status lags and can stay wrong for good. */
export interface Operator {
  deployment: Deployment | null;
  /** Whether there is a Deployment; null when that could not be read. */
  exists: boolean | null;
  /** `spec.replicas`; null when there is no Deployment. */
  desired: number | null;
  /** ReplicaSets that the Deployment controls. */
  replicaSets: ReplicaSet[];
  /** The ReplicaSet made from the present template, or null when none was made yet. */
  current: ReplicaSet | null;
  /** Pods of those ReplicaSets that count: neither finished nor being deleted. */
  pods: Pod[];
  ready: Pod[];
  unready: Pod[];
  /** How many pods the ReplicaSets still owe. */
  uncreated: number;
  /** Pods that exist beside those that were read, by the status of the ReplicaSets: none, unless there are very many. */
  unread: { pods: number; ready: number };
}

/** So many pods are read of a list: as many may not be all. */
export const MAX_PODS_READ = 50;

/** `null`: there is none; `undefined`: it could not be read. */
interface OperatorReads {
  readonly deployment?: EvidenceValues['deployment'] | null | undefined;
  readonly replicaSets?: EvidenceValues['replicaSets'] | null | undefined;
  readonly pods?: EvidenceValues['pods'] | null | undefined;
}

/**
 * Relates Deployment, ReplicaSets and pods by owner (Pod → ReplicaSet → Deployment), never by name.
 * Where there is no Deployment, or one of them could not be read, labelled pods that some ReplicaSet controls stand in.
 */
export function operatorOf(seen: OperatorReads): Operator {
  const deployment = seen.deployment ?? null;
  const replicaSets = list(seen.replicaSets).filter((one) => !!deployment && isControlledBy(one, deployment));
  const related = deployment !== null && seen.replicaSets !== undefined;
  const pods = list(seen.pods).filter(
    (pod) => isActive(pod) && (related ? replicaSets.some((one) => isControlledBy(pod, one)) : hasReplicaSet(pod)),
  );
  const desired = deployment ? (deployment.spec?.replicas ?? 1) : null;
  const unread =
    list(seen.pods).filter((pod) => !isFinished(pod)).length < MAX_PODS_READ
      ? []
      : replicaSets.map((one) => unreadOf(one, pods));
  const more = { pods: sum(unread.map((one) => one.pods)), ready: sum(unread.map((one) => one.ready)) };
  return {
    deployment,
    exists: seen.deployment === undefined ? null : deployment !== null,
    desired,
    replicaSets,
    current: replicaSets.find((one) => sameTemplate(one.spec?.template, deployment?.spec?.template)) ?? null,
    pods,
    ready: pods.filter(isReady),
    unready: pods.filter((pod) => !isReady(pod)),
    uncreated: Math.max(0, (desired ?? 0) - pods.length - more.pods, owed(replicaSets, pods) - more.pods),
    unread: more,
  };
}

function hasReplicaSet(pod: Pod): boolean {
  return list(pod.metadata?.ownerReferences).some(
    (one) => one.controller === true && (one.kind ?? 'ReplicaSet') === 'ReplicaSet',
  );
}

function unreadOf(replicaSet: ReplicaSet, pods: readonly Pod[]): Operator['unread'] {
  const made = pods.filter((pod) => isControlledBy(pod, replicaSet));
  const { replicas, readyReplicas } = replicaSet.status ?? {};
  return {
    pods: Math.max(0, (replicas ?? 0) - made.length),
    ready: Math.max(0, (readyReplicas ?? 0) - made.filter(isReady).length),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function owed(replicaSets: ReplicaSet[], pods: Pod[]): number {
  return replicaSets.reduce((sum, one) => {
    const made = pods.filter((pod) => isControlledBy(pod, one)).length;
    return sum + Math.max(0, (one.spec?.replicas ?? 0) - made);
  }, 0);
}

/** Whether pods are yet to be made: by a ReplicaSet that owes them, or once the Deployment asks for some again. */
export function isToBeMade({ uncreated, desired }: Operator): boolean {
  return uncreated > 0 || desired === 0;
}
/** More gaps than these say nothing new: somebody may have asked for a billion replicas. */
export const MOST_GAPS = 50;

/** Pods that are wanted and do not exist. */
export function uncreatedGaps(operator: Operator): Gap[] {
  return Array.from({ length: Math.min(operator.uncreated, MOST_GAPS) }, (_, index) => `uncreated/${index}`);
}

export function podGap(pod: Pod): Gap {
  return `pod/${nameOf(pod)}`;
}

/** All that the operator lacks, the lease aside; empty when it has every replica it asks for, of its present template. Pods without a Deployment are orphans. */
export function workloadGaps(operator: Operator): Gap[] {
  if (operator.exists === false) return ['operator'];
  if (operator.exists === null && operator.ready.length === 0 && operator.pods.length > 0)
    return operator.pods.map(podGap);
  if (!operator.deployment || operator.desired === 0) return operator.ready.length === 0 ? ['operator'] : [];
  const rollout = operator.current ? [] : ['rollout'];
  return [...uncreatedGaps(operator), ...operator.unready.map(podGap), ...rollout];
}
