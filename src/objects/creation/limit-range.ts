import type { LimitRange, Pod, PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isMore } from '../meta/quantity.ts';
import { nameOf } from '../meta/reference.ts';
import { type Amounts, amounts, containerRequests, podLimits, podRequests } from '../pod/resources.ts';

type LimitRangeItem = NonNullable<NonNullable<NonNullable<LimitRange['spec']>['limits']>[number]>;

/** `default`: the limit that the LimitRange puts on the pod is lower than its request, which makes the pod invalid. */
export interface Violation {
  limitRange: string;
  kind: 'min' | 'max' | 'ratio' | 'default';
  text: string;
}

/**
 * What LimitRanges have against a pod (Kubernetes 1.36 plugin/pkg/admission/limitranger/admission.go): requests below `min`,
 * limits or requests above `max` or, for a whole pod, no limit at all, a container's limit that is missing or too many times its
 * request, and a default limit below the request. A container's `max`
 * stands in for a missing `default` (pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem), and no default may be above it.
 */
export function limitRangeViolations(pod: PodSpec | null | undefined, limitRanges: readonly LimitRange[]): Violation[] {
  const items = limitRanges.flatMap((one) => list(one.spec?.limits).map((item) => ({ limitRange: nameOf(one), item })));
  const standard = defaultLimits(limitRanges);
  return items.flatMap(({ limitRange, item }) =>
    [...violationsOf(item, pod), ...unlimited(item, pod, standard), ...outOfRatio(item, pod, standard)].map(
      (violation) => ({ limitRange, ...violation }),
    ),
  );
}

/** What LimitRanges added to a pod when it was made, in the LimitRanger's words; '' where nothing (Kubernetes 1.36 plugin/pkg/admission/limitranger/admission.go limitRangerAnnotation). */
export function addedDefaults({ metadata }: Pod): string {
  return metadata?.annotations?.['kubernetes.io/limit-ranger'] ?? '';
}

/** The limits that these LimitRanges put on a container that has none. */
export function defaultLimits(limitRanges: readonly LimitRange[]): Amounts {
  const items = limitRanges.flatMap((one) => list(one.spec?.limits));
  return Object.assign({}, ...items.map(standardLimits));
}

/** The requests that these LimitRanges put on a container that has none: where they name none, the limit is the request. */
export function defaultRequests(limitRanges: readonly LimitRange[]): Amounts {
  const items = limitRanges.flatMap((one) => list(one.spec?.limits)).filter((item) => item.type === 'Container');
  return Object.assign(defaultLimits(limitRanges), ...items.map((item) => amounts(item.defaultRequest)));
}

/** The limits that a LimitRange puts on a container that has none. */
function standardLimits(item: LimitRangeItem): Amounts {
  return item.type === 'Container' ? amounts({ ...item.max, ...item.default }) : {};
}

function violationsOf(item: LimitRangeItem, pod: PodSpec | null | undefined): Omit<Violation, 'limitRange'>[] {
  const [min, max, standard] = [amounts(item.min), amounts(item.max), standardLimits(item)];
  return subjects(item, pod).flatMap(({ who, requests, limits }) => [
    ...lower(requests, min).map((key) => ({
      kind: 'min' as const,
      text: `${who} requests less ${key} than the minimum of ${item.min?.[key] ?? ''}`,
    })),
    ...lower(max, limits).map((key) => ({
      kind: 'max' as const,
      text: `${who} has a higher ${key} limit than the maximum of ${item.max?.[key] ?? ''}`,
    })),
    ...lower(without(standard, limits), requests).map((key) =>
      isMore(requests[key] ?? 0, max[key] ?? Infinity)
        ? { kind: 'max' as const, text: `${who} requests more ${key} than the maximum of ${item.max?.[key] ?? ''}` }
        : {
            kind: 'default' as const,
            text: `${who} requests more ${key} than the default limit of ${item.default?.[key] ?? ''} that is put on it`,
          },
    ),
  ]);
}

/** A maximum for whole pods demands a limit, and no default is put on a pod. */
function unlimited(
  item: LimitRangeItem,
  pod: PodSpec | null | undefined,
  standard: Amounts,
): Omit<Violation, 'limitRange'>[] {
  if (item.type !== 'Pod') return [];
  const own = podLimits(pod);
  const keys = Object.keys(amounts(item.max)).filter((key) => !(key in own) && !(key in standard));
  return keys.map((key) => ({
    kind: 'max' as const,
    text: `the pod has no ${key} limit, and the maximum of ${item.max?.[key] ?? ''} demands one`,
  }));
}

/** A ratio demands a limit of every container that requests something, and no more than so many times the request. */
function outOfRatio(
  item: LimitRangeItem,
  pod: PodSpec | null | undefined,
  standard: Amounts,
): Omit<Violation, 'limitRange'>[] {
  if (item.type !== 'Container') return [];
  const ratios = amounts(item.maxLimitRequestRatio);
  return subjects(item, pod).flatMap(({ who, requests, limits }) => {
    const all = { ...standard, ...limits };
    const most = Object.keys(requests).map((key) => [key, (requests[key] ?? 0) * (ratios[key] ?? Infinity)] as const);
    return most
      .filter(([key, limit]) => limit > 0 && limit < Infinity && (!all[key] || isMore(all[key], limit)))
      .map(([key]) => ({
        kind: 'ratio' as const,
        text: `${who} ${all[key] ? 'has too high a' : 'has no'} ${key} limit: one is demanded of at most ${item.maxLimitRequestRatio?.[key] ?? ''} times its request`,
      }));
  });
}

interface Subject {
  who: string;
  requests: Amounts;
  limits: Amounts;
}

function subjects(item: LimitRangeItem, pod: PodSpec | null | undefined): Subject[] {
  if (item.type === 'Pod') return [{ who: 'the pod', requests: podRequests(pod), limits: podLimits(pod) }];
  if (item.type !== 'Container') return [];
  return [...list(pod?.initContainers), ...list(pod?.containers)].map((container) => ({
    who: `container ${container.name ?? ''}`,
    requests: containerRequests(container),
    limits: amounts(container.resources?.limits),
  }));
}

/** Keys that both have and whose value in `small` is below that in `large`. */
function lower(small: Amounts, large: Amounts): string[] {
  return Object.keys(small).filter((key) => isMore(large[key] ?? -Infinity, small[key] ?? 0));
}

function without(some: Amounts, others: Amounts): Amounts {
  return Object.fromEntries(Object.entries(some).filter(([key]) => !(key in others)));
}
