import type { Pod } from '../../model/kubernetes.ts';
import { list } from './list.ts';
import { ageSeconds } from './time.ts';

/** A kubelet and the API server need a moment after the grace period. */
const SLACK_SECONDS = 30;

/** Pods that should be gone by now: their deletion time, which includes the grace period, has passed. */
export function overdue(pods: readonly Pod[] | null | undefined, readAt: string): Pod[] {
  return list(pods).filter((pod) => (ageSeconds(readAt, pod.metadata?.deletionTimestamp) ?? 0) > SLACK_SECONDS);
}
