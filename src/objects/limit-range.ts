import type { LimitRange, PodSpec } from '../model/kubernetes.ts';
import { list } from './list.ts';
import { nameOf } from './reference.ts';
import { type Amounts, amounts, podRequests } from './resources.ts';

type LimitRangeItem = NonNullable<NonNullable<NonNullable<LimitRange['spec']>['limits']>[number]>;

/** `default`: the limit that the LimitRange puts on the pod is lower than its request, which makes the pod invalid. */
export interface Violation {
  limitRange: string;
  kind: 'min' | 'max' | 'default';
  text: string;
}

/**
 * What LimitRanges have against a pod (Kubernetes 1.36 plugin/pkg/admission/limitranger/admission.go): requests below `min`,
 * limits above `max`, and a default limit below the request. The API server copies a `max` into a missing `default`.
 */
export function limitRangeViolations(pod: PodSpec | null | undefined, limitRanges: readonly LimitRange[]): Violation[] {
  return limitRanges.flatMap((limitRange) =>
    list(limitRange.spec?.limits).flatMap((item) =>
      violationsOf(item, pod).map((violation) => ({ limitRange: nameOf(limitRange), ...violation })),
    ),
  );
}

function violationsOf(item: LimitRangeItem, pod: PodSpec | null | undefined): Omit<Violation, 'limitRange'>[] {
  const [min, max, standard] = [amounts(item.min), amounts(item.max), amounts(item.default)];
  return subjects(item, pod).flatMap(({ who, requests, limits }) => [
    ...lower(requests, min).map((key) => ({
      kind: 'min' as const,
      text: `${who} requests less ${key} than the minimum of ${item.min?.[key] ?? ''}`,
    })),
    ...lower(max, limits).map((key) => ({
      kind: 'max' as const,
      text: `${who} has a higher ${key} limit than the maximum of ${item.max?.[key] ?? ''}`,
    })),
    ...lower(without(standard, limits), requests).map((key) => ({
      kind: 'default' as const,
      text: `${who} requests more ${key} than the default limit of ${item.default?.[key] ?? ''} that is put on it`,
    })),
  ]);
}

interface Subject {
  who: string;
  requests: Amounts;
  limits: Amounts;
}

function subjects(item: LimitRangeItem, pod: PodSpec | null | undefined): Subject[] {
  if (item.type === 'Pod') return [{ who: 'the pod', requests: podRequests(pod), limits: {} }];
  if (item.type !== 'Container') return [];
  return list(pod?.containers).map(({ name, resources }) => {
    const limits = amounts(resources?.limits);
    return { who: `container ${name ?? ''}`, requests: { ...limits, ...amounts(resources?.requests) }, limits };
  });
}

/** Keys that both have and whose value in `small` is below that in `large`. */
function lower(small: Amounts, large: Amounts): string[] {
  return Object.keys(small).filter((key) => (small[key] ?? 0) < (large[key] ?? -Infinity));
}

function without(some: Amounts, others: Amounts): Amounts {
  return Object.fromEntries(Object.entries(some).filter(([key]) => !(key in others)));
}
