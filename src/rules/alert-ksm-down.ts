import { defineRule } from '../model/rule.ts';
import { kubeStateMetricsFault } from '../objects/kube-state-metrics.ts';
import { list } from '../objects/list.ts';
import { monitoringFinding } from '../objects/monitoring.ts';

export default defineRule({
  code: 'alert-ksm-down',
  rung: 'leader',
  order: 80,
  severity: 'warning',
  meaning:
    'kube-state-metrics, from which Prometheus knows which pods exist, tells nothing about those of virt-operator. To the alerts that is as if there were none.',
  impact:
    'Alerts about virt-operator fire without a reason: VirtOperatorDown since KubeVirt 1.8.4, NoReadyVirtOperator since 1.4. Alerts about others fail as well.',
  remedy: 'Mend kube-state-metrics. virt-operator needs nothing.',
  needs: ['prometheusRules', 'kubeStateMetrics'],
  evaluate(seen) {
    if (list(seen.prometheusRules).length === 0) return [];
    const fault = kubeStateMetricsFault(seen.kubeStateMetrics, seen.target.namespace ?? '');
    return fault ? [monitoringFinding(fault, 'repair-kube-state-metrics')] : [];
  },
});
