import type { LimitRange, PodSpec, ResourceQuota } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { type Amounts, amounts, containerRequests } from '../pod/resources.ts';
import { defaultLimits, defaultRequests } from './limit-range.ts';

/** What a quota can oblige every container to set (Kubernetes 1.36 pkg/quota/v1/evaluator/core/pods.go validationSet). */
const OBLIGATORY = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

export interface Unspecified {
  resource: string;
  container: string;
}

/**
 * What a quota obliges the containers of a pod to set and they do not, the defaults of the namespace's LimitRanges included
 * (pods.go Constraints). A pod that states resources for itself as a whole owes nothing.
 */
export function unspecified(
  quota: ResourceQuota,
  pod: PodSpec | null | undefined,
  limitRanges: readonly LimitRange[],
): Unspecified[] {
  if (pod?.resources) return [];
  const counted = Object.keys(quota.status?.hard ?? quota.spec?.hard ?? {});
  const owed = OBLIGATORY.filter((resource) => counted.includes(resource));
  const [limits, requests] = [defaultLimits(limitRanges), defaultRequests(limitRanges)];
  return [...list(pod?.containers), ...list(pod?.initContainers)].flatMap((container) => {
    const set = stated(
      { ...requests, ...containerRequests(container) },
      { ...limits, ...amounts(container.resources?.limits) },
    );
    return owed
      .filter((resource) => !set.has(resource))
      .map((resource) => ({ resource, container: container.name ?? '<unnamed>' }));
  });
}

function stated(requests: Amounts, limits: Amounts): Set<string> {
  const requested = Object.keys(requests).flatMap((name) => [name, `requests.${name}`]);
  return new Set([...requested, ...Object.keys(limits).map((name) => `limits.${name}`)]);
}
