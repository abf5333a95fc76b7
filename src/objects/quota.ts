import type { PodSpec, ResourceQuota } from '../model/kubernetes.ts';
import { list } from './list.ts';
import { amount } from './quantity.ts';
import { amounts, podRequests } from './resources.ts';

export interface Overrun {
  resource: string;
  requested: number;
  used: number;
  hard: number;
  /** As the quota writes it. */
  hardText: string;
}

/**
 * Resources of a quota that one more operator pod would exceed, by its status (Kubernetes 1.36 pkg/quota/v1/evaluator/core/pods.go):
 * `memory` and `requests.memory` mean the same, `pods` and `count/pods` count one.
 */
export function overruns(quota: ResourceQuota, pod: PodSpec | null | undefined): Overrun[] {
  const hard = { ...quota.spec?.hard, ...quota.status?.hard };
  const used = amounts(quota.status?.used);
  const wanted = usageOf(pod);
  return Object.entries(amounts(hard)).flatMap(([resource, limit]) => {
    const requested = wanted[resource] ?? 0;
    const now = used[resource] ?? 0;
    return requested > 0 && now + requested > limit
      ? [{ resource, requested, used: now, hard: limit, hardText: hard[resource] ?? '' }]
      : [];
  });
}

function usageOf(pod: PodSpec | null | undefined): Record<string, number> {
  const requests = podRequests(pod);
  const prefixed = Object.entries(requests).map(([key, value]) => [`requests.${key}`, value]);
  const limits = list(pod?.containers).map((one) => Object.entries(amounts(one.resources?.limits)));
  const summed: Record<string, number> = {};
  for (const [key, value] of limits.flat()) summed[`limits.${key}`] = (summed[`limits.${key}`] ?? 0) + value;
  return { ...requests, ...Object.fromEntries(prefixed), ...summed, pods: 1, 'count/pods': 1 };
}

/** Whether a quota looks at this pod at all; only the scopes that can concern a long-running operator are decided. */
export function quotaCovers(quota: ResourceQuota, pod: PodSpec | null | undefined): boolean {
  const selected = list(quota.spec?.scopeSelector?.matchExpressions);
  const scopes = [...list(quota.spec?.scopes), ...selected.map((one) => one.scopeName)];
  if (scopes.includes('Terminating') || scopes.includes('BestEffort')) return false;
  return selected
    .filter((one) => one.scopeName === 'PriorityClass' && one.operator === 'In')
    .every((one) => list(one.values).includes(pod?.priorityClassName ?? ''));
}

/** `requests.memory: 450Mi used of 500Mi, one pod asks for 450Mi`. */
export function overrunText({ resource, requested, used, hardText }: Overrun): string {
  return `${resource}: ${amount(resource, used)} used of ${hardText}, one pod asks for ${amount(resource, requested)}`;
}
