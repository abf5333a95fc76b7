import type { Lease, Pod } from '../model/kubernetes.ts';
import { type LeaseState, leaseState } from './lease.ts';
import { list } from './list.ts';
import { isFinished } from './pod.ts';
import { nameOf } from './reference.ts';

/**
 * The operator's lease, alive only while its holder is an operator pod that exists: a lease outlives its holder by up to 15 seconds.
 * virt-operator's identity is its host name (KubeVirt v1.9 pkg/virt-operator/application.go): the pod's name, or its node's with hostNetwork.
 * `pods` undefined: they could not be read, and the lease alone decides.
 */
export function leaderState(
  lease: Lease | null | undefined,
  pods: readonly Pod[] | null | undefined,
  readAt: string,
): LeaseState {
  const state = leaseState(lease, readAt);
  const known =
    pods === undefined || list(pods).some((pod) => !isFinished(pod) && identities(pod).includes(state.holder));
  return known ? state : { ...state, alive: false };
}

function identities(pod: Pod): (string | null | undefined)[] {
  return [nameOf(pod), pod.spec?.hostname || null, pod.spec?.hostNetwork ? pod.spec.nodeName : null].filter(
    (name) => name !== null,
  );
}
