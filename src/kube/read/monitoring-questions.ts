import type { Depth, Reads } from '../../model/evidence.ts';
import type { KubernetesEvent, KubeVirt, WebhookConfiguration } from '../../model/kubernetes.ts';
import { crashesOf } from '../../objects/container/crash-class.ts';
import { countsPhases } from '../../objects/monitoring/alert-rule.ts';
import { operatorOf } from '../../objects/operator/operator.ts';
import { type SoFar as Before, lacksLeader } from './follow-up.ts';

/** What to ask about what makes alerts, and about the policies that may stand between. */
export interface MonitoringQuestions {
  monitoring: boolean;
  networkPolicies: boolean;
  strategyPods: boolean;
}

type SoFar = Before & {
  events: KubernetesEvent[];
  prometheusRules: Reads['prometheusRules'];
  kubevirts: KubeVirt[] | null;
  operatorWebhook: WebhookConfiguration | null;
};

/**
 * Decides what to ask: an alert can only be false while operator pods are Ready and lead, and only where there are alert rules; it can only be
 * silenced while no operator pod runs.
 */
export function monitoringQuestions(seen: SoFar, depth: Depth): MonitoringQuestions {
  if (depth === 'all') return { monitoring: true, networkPolicies: true, strategyPods: true };
  const operator = operatorOf(seen);
  const leads = operator.ready.length > 0 && !lacksLeader(operator, seen);
  const monitoring = leads && mayHaveRules(seen.prometheusRules);
  return {
    monitoring,
    networkPolicies: monitoring || crashesOf(operator, seen, 'crash-api-unreachable').length > 0,
    strategyPods: !seen.pods.some(({ status }) => status?.phase === 'Running') && mayCountPhases(seen),
  };
}

/** Who may not read the rules may read what feeds them. */
function mayHaveRules(rules: Reads['prometheusRules']): boolean {
  return rules.status === 'forbidden' || (rules.status === 'read' && rules.value.length > 0);
}

function mayCountPhases({ prometheusRules, ...seen }: SoFar): boolean {
  return countsPhases({ ...seen, prometheusRules: prometheusRules.status === 'read' ? prometheusRules.value : null });
}
