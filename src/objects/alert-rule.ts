import type { AlertingRule, PrometheusRule } from '../model/kubernetes.ts';
import { list } from './list.ts';

/** All alerts and recordings of a PrometheusRule. */
export function rulesIn(rule: PrometheusRule): AlertingRule[] {
  return list(rule.spec?.groups).flatMap((group) => list<AlertingRule>(group.rules));
}

/** What an alert of a PrometheusRule asks; empty where it has no such alert. */
export function alertExpression(rule: PrometheusRule, alert: string): string {
  return String(rulesIn(rule).find((one) => one.alert === alert)?.expr ?? '');
}
