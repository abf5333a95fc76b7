import { list } from './list.ts';

interface LabelSelector {
  matchLabels?: Readonly<Record<string, string | null | undefined>> | null;
  matchExpressions?:
    | ({ key?: string | null; operator?: string | null; values?: (string | null)[] | null } | null)[]
    | null;
}

/** Whether labels satisfy a LabelSelector; an empty or missing selector selects everything (apimachinery pkg/apis/meta/v1/helpers.go). */
export function matchesSelector(
  selector: LabelSelector | null | undefined,
  labels: Readonly<Record<string, string | null | undefined>> | null | undefined,
): boolean {
  const own = labels ?? {};
  const byLabels = Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => own[key] === value);
  return (
    byLabels &&
    list(selector?.matchExpressions).every((one) => {
      const value = own[one.key ?? ''];
      const listed = value !== undefined && value !== null && list(one.values).includes(value);
      if (one.operator === 'In') return listed;
      if (one.operator === 'NotIn') return !listed;
      return (one.operator === 'Exists') === (value !== undefined);
    })
  );
}
