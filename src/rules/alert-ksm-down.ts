import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { kubeStateMetricsFault } from '../objects/monitoring/kube-state-metrics.ts';
import { monitoringFinding } from '../objects/monitoring/monitoring.ts';

export default defineRule({
  code: 'alert-ksm-down',
  rung: 'leader',
  order: 80,
  severity: 'warning',
  meaning:
    'kube-state-metrics, from which Prometheus knows which pods exist, tells nothing about those of virt-operator. To the alerts that is as if there were none.',
  impact:
    'Alerts about virt-operator fire without a reason: VirtOperatorDown since KubeVirt 1.8.4, NoReadyVirtOperator since 1.4. Alerts about others fail as well.',
  evidence:
    'Certain: the Service or Deployment of kube-state-metrics is looked at, and is missing or has no ready pod, while the alert rules of KubeVirt exist. It is told beside the cause.',
  remedy: 'Mend kube-state-metrics. virt-operator needs nothing.',
  commands: [
    'kubectl get pods -A -l app.kubernetes.io/name=kube-state-metrics -o wide',
    'kubectl -n NAMESPACE describe WORKLOAD',
  ],
  related: ['alert-scrape-broken', 'install-strategy-pod-masks', 'alert-not-yet-resolved'],
  needs: ['prometheusRules', 'kubeStateMetrics'],
  evaluate(seen) {
    if (list(seen.prometheusRules).length === 0) return [];
    const fault = kubeStateMetricsFault(seen.kubeStateMetrics, seen.target.namespace ?? '');
    return fault ? [monitoringFinding(fault, 'repair-kube-state-metrics')] : [];
  },
});
