import type { LimitRange, PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isMore, quantity } from '../meta/quantity.ts';
import { limitRangeViolations } from './limit-range.ts';

/** `maximum memory usage per Container is 256Mi, but limit is 1Gi` (Kubernetes 1.36 plugin/pkg/admission/limitranger/admission.go). */
const BOUND = /(minimum|maximum) ([\w./-]+) usage per (\w+) is [^\s,\]]+?(?:, but (?:request|limit) is ([\w.]+)|\. )/g;
const RATIO = /([\w./-]+) max limit to request ratio per (\w+) is [^\s,\]]+, but provided ratio is ([\d.]+)/g;

interface Refused {
  field: 'min' | 'max' | 'maxLimitRequestRatio';
  resource: string;
  type: string;
  /** null where the pod states none. */
  provided: number | null;
}

/** What LimitRanges say by now of a pod that they refused in these words, when they would take it; null while they would not, or were not read. */
export function admittedByNow(
  message: string,
  limitRanges: readonly LimitRange[] | null | undefined,
  pod: PodSpec | null | undefined,
): string | null {
  if (!limitRanges) return null;
  if (limitRanges.length === 0) return 'no LimitRange is left';
  const refused = refusedIn(message);
  const stands =
    refused.some((one) => stillRefuses(one, limitRanges)) || limitRangeViolations(pod, limitRanges).length > 0;
  return refused.length > 0 && !stands ? 'no LimitRange forbids by now what the pods ask for' : null;
}

function refusedIn(message: string): Refused[] {
  return [
    ...[...message.matchAll(BOUND)].map(([, word, resource = '', type = '', provided]) => ({
      field: word === 'minimum' ? ('min' as const) : ('max' as const),
      resource,
      type,
      provided: quantity(provided),
    })),
    ...[...message.matchAll(RATIO)].map(([, resource = '', type = '', provided]) => ({
      field: 'maxLimitRequestRatio' as const,
      resource,
      type,
      provided: quantity(provided),
    })),
  ];
}

function stillRefuses({ field, resource, type, provided }: Refused, limitRanges: readonly LimitRange[]): boolean {
  const bounds = limitRanges
    .flatMap((one) => list(one.spec?.limits))
    .filter((item) => item.type === type)
    .flatMap((item) => quantity(item[field]?.[resource]) ?? []);
  return bounds.some(
    (bound) => provided === null || (field === 'min' ? isMore(bound, provided) : isMore(provided, bound)),
  );
}
