import type { AlertingRule, PrometheusRule } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isAtLeast } from '../meta/version.ts';
import { kubevirtVersion } from '../operator/installation.ts';

/** All alerts and recordings of a PrometheusRule. */
export function rulesIn(rule: PrometheusRule): AlertingRule[] {
  return list(rule.spec?.groups).flatMap((group) => list<AlertingRule>(group.rules));
}

/** What an alert of a PrometheusRule asks; empty where it has no such alert. */
export function alertExpression(rule: PrometheusRule, alert: string): string {
  return String(rulesIn(rule).find((one) => one.alert === alert)?.expr ?? '');
}

/** Whether VirtOperatorDown counts running pods rather than scrapes: by the rule in the cluster, or by KubeVirt's version where no rules are served or read. */
export function countsPhases(
  seen: Parameters<typeof kubevirtVersion>[0] & { prometheusRules?: readonly PrometheusRule[] | null | undefined },
): boolean {
  const [rule] = seen.prometheusRules ?? [];
  if (rule) return alertExpression(rule, 'VirtOperatorDown').includes('pods_running');
  return !seen.prometheusRules && isAtLeast(kubevirtVersion(seen), '1.8.4') === true;
}
