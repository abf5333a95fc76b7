import type { LimitRange, PodSpec, ResourceQuota } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { amount, isMore } from '../meta/quantity.ts';
import { nameOf } from '../meta/reference.ts';
import { amounts } from '../pod/resources.ts';
import { overruns, quotaCovers, uncounted } from './quota.ts';
import { unspecified } from './quota-constraint.ts';

interface QuotaReads {
  readonly resourceQuotas?: readonly ResourceQuota[] | null | undefined;
  readonly limitRanges?: readonly LimitRange[] | null | undefined;
}

/** What the quotas say by now of an `exceeded quota: NAME, requested: …`, when they have room; null while they have none, or were not read. */
export function roomByNow(message: string, { resourceQuotas }: QuotaReads, pod: PodSpec | null | undefined) {
  const [, name = '', words = ''] =
    /exceeded quota: ([^,]+), requested: (.*?)(?:, used: |$)/.exec(message.replaceAll('\n', ' ')) ?? [];
  const quota = resourceQuotas?.find((one) => nameOf(one) === name);
  if (!quota) return resourceQuotas ? `ResourceQuota ${name} no longer exists` : null;
  const requested = Object.entries(amounts(pairs(words)));
  const hard = amounts(quota.status?.hard ?? quota.spec?.hard);
  const used = amounts(quota.status?.used);
  const isFull = ([resource, asked]: [string, number]) =>
    isMore((used[resource] ?? 0) + asked, hard[resource] ?? Number.POSITIVE_INFINITY);
  const isOverrun = quotaCovers(quota, pod) && overruns(quota, pod).length > 0;
  if (requested.length === 0 || requested.some(isFull) || isOverrun) return null;
  const now = requested.map(([resource]) => {
    const limit = hard[resource];
    const left = amount(resource, used[resource] ?? 0);
    return limit === undefined
      ? `${resource} is not limited`
      : `${resource} ${left} used of ${amount(resource, limit)}`;
  });
  return `ResourceQuota ${name} has room by now: ${now.join(', ')}`;
}

/** `requests.memory=450Mi,pods=1` (Kubernetes 1.36 apiserver pkg/admission/plugin/resourcequota/controller.go prettyPrint). */
function pairs(words: string): Record<string, string> {
  return Object.fromEntries(
    words.split(',').flatMap((word) => {
      const [, key, value] = /^\s*([^=\s]+)=(\S+)\s*$/.exec(word) ?? [];
      return key !== undefined && value !== undefined ? [[key, value]] : [];
    }),
  );
}

/** The same of a `failed quota: NAME: must specify …`. */
export function sufficesByNow(
  name: string,
  message: string,
  { resourceQuotas, limitRanges }: QuotaReads,
  pod: PodSpec | null | undefined,
): string | null {
  const quota = resourceQuotas?.find((one) => nameOf(one) === name);
  if (!quota) return resourceQuotas ? `ResourceQuota ${name} no longer exists` : null;
  // A container that the template does not have was put into the pods on their way in.
  const isForeign = [...message.matchAll(/ for: ([\w.,-]+)/g)]
    .flatMap(([, names = '']) => names.split(','))
    .some((one) => ![...list(pod?.containers), ...list(pod?.initContainers)].some((own) => own.name === one));
  const suffices = limitRanges && !isForeign && unspecified(quota, pod, limitRanges).length === 0;
  return suffices ? `ResourceQuota ${name} demands nothing by now that the pods do not have` : null;
}

/** The same of a `status unknown for quota: NAME, …`. */
export function countedByNow(name: string, { resourceQuotas }: QuotaReads): string | null {
  const quota = resourceQuotas?.find((one) => nameOf(one) === name);
  if (!quota) return resourceQuotas ? `ResourceQuota ${name} no longer exists` : null;
  const isCounted = Object.keys(quota.status?.hard ?? {}).length > 0 && uncounted(quota).length === 0;
  return isCounted ? `ResourceQuota ${name} is counted by now` : null;
}

/** The same where such pods are taken only under a quota: one that selects them by their PriorityClass is there. */
export function coveredByNow({ resourceQuotas }: QuotaReads, pod: PodSpec | null | undefined): string | null {
  const found = resourceQuotas?.find(
    (one) => (one.spec?.scopeSelector?.matchExpressions?.length ?? 0) > 0 && quotaCovers(one, pod),
  );
  return found ? `ResourceQuota ${nameOf(found)} covers these pods by now` : null;
}
