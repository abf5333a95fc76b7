import type { Pod } from '../../model/kubernetes.ts';
import { millis } from '../meta/time.ts';
import type { LeaseState } from '../operator/lease.ts';
import { containerStatuses, isOperatorContainer } from '../pod/pod.ts';

/** Whether none of these pods has held the lease since its process started. */
export function neverLed(pods: readonly Pod[], lease: LeaseState): boolean {
  const renewed = millis(lease.renewTime) ?? 0;
  return !lease.alive && pods.every((pod) => (startOf(pod) ?? 0) > renewed);
}

/** When the operator's process in this pod started. */
function startOf(pod: Pod): number | null {
  const own = containerStatuses(pod).find(({ name }) => isOperatorContainer(name));
  return millis(own?.state?.running?.startedAt);
}
