import type { Lease, Pod } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';
import { millis } from '../meta/time.ts';
import { isFinished } from '../pod/pod.ts';
import { DEFAULT_DURATION, type LeaseState, leaseState } from './lease.ts';

/**
 * The operator's lease, alive only while its holder is an operator pod that exists: a lease outlives its holder by up to 15 seconds.
 * virt-operator's identity is its host name (KubeVirt v1.9 pkg/virt-operator/application.go): the pod's name, or its node's with hostNetwork.
 * `pods` undefined: they could not be read, and the lease alone decides. A pod that lost its label leads on unseen.
 */
export function leaderState(
  lease: Lease | null | undefined,
  pods: readonly Pod[] | null | undefined,
  readAt: string,
): LeaseState {
  const state = leaseState(lease && withOwnDuration(lease), readAt);
  const known = pods === undefined || list(pods).some((pod) => !isFinished(pod) && holdsLease(pod, state.holder));
  return known || isRenewedUnseen(state, list(pods)) ? state : { ...state, alive: false };
}

/** A lease as virt-operator keeps it: it renews every 2 seconds, however long a time somebody wrote into it. */
function withOwnDuration(lease: Lease): Lease {
  const { leaseDurationSeconds } = lease.spec ?? {};
  const seconds = Math.min(leaseDurationSeconds ?? DEFAULT_DURATION, DEFAULT_DURATION);
  return { ...lease, spec: { ...lease.spec, leaseDurationSeconds: seconds } };
}

/** client-go renews every 2 seconds. */
const JUST_NOW_SECONDS = 3;
/** A pod that is deleted is listed while it ends, mostly for up to 30 seconds (terminationGracePeriodSeconds). */
const GONE_MS = 40_000;

/** Whether the holder, which is none of the pods, goes on renewing long after the pod in its place was made. */
function isRenewedUnseen({ holder, renewTime, age, alive }: LeaseState, pods: readonly Pod[]): boolean {
  const newest = Math.max(...pods.map((pod) => millis(pod.metadata?.creationTimestamp) ?? Number.POSITIVE_INFINITY));
  const renewed = millis(renewTime) ?? 0;
  return (
    pods.length > 0 &&
    holder !== null &&
    alive &&
    Math.abs(age ?? Number.POSITIVE_INFINITY) <= JUST_NOW_SECONDS &&
    renewed - newest > GONE_MS
  );
}

/** Whether a lease's `holderIdentity` is this pod. */
export function holdsLease(pod: Pod, holder: string | null): boolean {
  const identities = [nameOf(pod), pod.spec?.hostname, pod.spec?.hostNetwork ? pod.spec.nodeName : null];
  return !!holder && identities.includes(holder);
}
