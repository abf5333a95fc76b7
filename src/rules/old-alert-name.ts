import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { isAtLeast } from '../objects/meta/version.ts';
import { alertExpression } from '../objects/monitoring/alert-rule.ts';
import { kubevirtVersion } from '../objects/operator/installation.ts';

/** What VirtOperatorDown compares, and the version that began with it (KubeVirt pkg/monitoring/rules/alerts/virt-operator.go, tag by tag). */
const METRICS = [
  { metric: 'cluster:kubevirt_virt_operator_pods_running:count', from: '1.8.4' },
  { metric: 'cluster:kubevirt_virt_operator_up:sum', from: '1.8.3' },
  { metric: 'kubevirt_virt_operator_up', from: '1.1.0' },
  { metric: 'kubevirt_virt_operator_up_total', from: '0.41.0' },
];

export default defineRule({
  code: 'old-alert-name',
  rung: 'leader',
  order: 85,
  severity: 'info',
  meaning:
    'The alert rules in the cluster are not those of the version of KubeVirt that should run: a leading operator of that version has not replaced them yet.',
  impact: 'VirtOperatorDown counts something else than the runbook of that version says.',
  evidence:
    'Certain: the expression of VirtOperatorDown in the cluster asks another metric than the version of KubeVirt that should run. It is told beside the cause.',
  remedy: 'Nothing by itself: the operator replaces the rules once it leads.',
  commands: ['kubectl -n NAMESPACE get prometheusrules -o yaml'],
  related: ['no-alert-rules', 'install-strategy-pod-masks'],
  needs: ['prometheusRules', 'deployment'],
  wants: ['kubevirts', 'operatorWebhook'],
  evaluate(seen) {
    const [rule] = list(seen.prometheusRules);
    const version = kubevirtVersion(seen);
    // Products have version numbers of their own, from 2 on.
    const wanted = isAtLeast(version, '2.0.0') ? null : METRICS.find(({ from }) => isAtLeast(version, from));
    const expression = rule ? alertExpression(rule, 'VirtOperatorDown') : '';
    const found = METRICS.find(({ metric }) => expression.split(/[^\w:]+/).includes(metric));
    if (!rule || !wanted || !found || found === wanted) return [];
    return [
      {
        title: `the alert rules are those of another version than ${version}: VirtOperatorDown asks ${found.metric}`,
        object: reference('PrometheusRule', rule),
        since: null,
        confidence: 'certain',
        evidence: [
          { text: expression, source: `prometheusrule/${nameOf(rule)} alert VirtOperatorDown` },
          { text: `KubeVirt ${version} asks ${wanted.metric}`, source: 'version of virt-operator' },
        ],
        explains: [],
        mitigation: null,
      },
    ];
  },
});
