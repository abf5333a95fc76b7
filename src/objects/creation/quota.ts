import type { PodSpec, ResourceQuota } from '../../model/kubernetes.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';
import { amount, isMore } from '../meta/quantity.ts';
import { amounts, podLimits, podRequests } from '../pod/resources.ts';

/** Scopes that a long-running pod with requests is never in (Kubernetes 1.36 pkg/quota/v1/evaluator/core/pods.go podMatchesScopeFunc). */
const FOREIGN_SCOPES = ['Terminating', 'BestEffort', 'CrossNamespacePodAffinity'];

/** The resources that every pod with requests and limits is counted by. */
const PODS = /^(?:pods|count\/pods|(?:requests\.|limits\.)?(?:cpu|memory))$/;

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
 * `memory` and `requests.memory` mean the same, `pods` and `count/pods` count one. `leaving`: a pod that the new one is to replace.
 */
export function overruns(
  quota: ResourceQuota,
  pod: PodSpec | null | undefined,
  leaving?: PodSpec | null | undefined,
): Overrun[] {
  const hard = { ...quota.spec?.hard, ...quota.status?.hard };
  const used = amounts(quota.status?.used);
  const wanted = usageOf(pod);
  const freed = leaving && quotaCovers(quota, leaving) ? usageOf(leaving) : {};
  return Object.entries(amounts(hard)).flatMap(([resource, limit]) => {
    const requested = wanted[resource] ?? 0;
    const now = used[resource] ?? 0;
    return requested > 0 && isMore(now - (freed[resource] ?? 0) + requested, limit)
      ? [{ resource, requested, used: now, hard: limit, hardText: hard[resource] ?? '' }]
      : [];
  });
}

function usageOf(pod: PodSpec | null | undefined): Record<string, number> {
  const requests = podRequests(pod);
  const named = (prefix: string, values: Record<string, number>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}.${key}`, value]));
  return { ...requests, ...named('requests', requests), ...named('limits', podLimits(pod)), pods: 1, 'count/pods': 1 };
}

/** Whether a quota looks at this pod at all: it must be in every scope that the quota names. */
export function quotaCovers(quota: ResourceQuota, pod: PodSpec | null | undefined): boolean {
  const plain = list(quota.spec?.scopes).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  const priority = pod?.priorityClassName ? { PriorityClass: pod.priorityClassName } : {};
  return [...plain, ...list(quota.spec?.scopeSelector?.matchExpressions)].every(({ scopeName, ...rest }) =>
    scopeName === 'PriorityClass'
      ? matchesSelector({ matchExpressions: [{ key: scopeName, ...rest }] }, priority)
      : !FOREIGN_SCOPES.includes(scopeName ?? ''),
  );
}

/** `requests.memory: 450Mi used of 500Mi, one pod asks for 450Mi`. */
export function overrunText({ resource, requested, used, hardText }: Overrun): string {
  return `${resource}: ${amount(resource, used)} used of ${hardText}, one pod asks for ${amount(resource, requested)}`;
}

/** Resources that a pod is counted by and whose use nobody has counted yet (Kubernetes 1.36 apiserver pkg/admission/plugin/resourcequota/controller.go hasUsageStats). */
export function uncounted({ status }: ResourceQuota): string[] {
  const used = status?.used ?? {};
  return Object.keys(status?.hard ?? {}).filter((resource) => PODS.test(resource) && !(resource in used));
}
