import { defineRule } from '../model/rule.ts';
import { list } from '../objects/meta/list.ts';
import { monitoringFinding, scrapeFault } from '../objects/monitoring/monitoring.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'alert-scrape-broken',
  rung: 'leader',
  order: 81,
  severity: 'warning',
  meaning:
    "Prometheus does not get the operator's own metrics: the Service, the label on the pods or the ServiceMonitor by which it finds them is missing.",
  impact:
    'NoReadyVirtOperator fires without a reason, up to KubeVirt 1.8.3 VirtOperatorDown too; NoLeadingVirtOperator cannot fire.',
  evidence:
    'Certain: of the Service, the label on the pods and the ServiceMonitor by which Prometheus finds the operator, one is missing, while the alert rules of KubeVirt exist. It is told beside the cause.',
  remedy:
    'Restore what is missing. A leading operator makes the Service and the ServiceMonitor again, if the account in spec.monitorAccount of the KubeVirt resource exists.',
  commands: [
    'kubectl -n NAMESPACE get services,endpointslices -l prometheus.kubevirt.io=true',
    'kubectl -n NAMESPACE get pods -l kubevirt.io=virt-operator --show-labels',
  ],
  related: ['alert-ksm-down', 'networkpolicy-blocks', 'no-alert-rules'],
  needs: ['prometheusRules', 'metricsService', 'deployment', 'replicaSets', 'pods'],
  wants: ['serviceMonitors'],
  evaluate(seen) {
    if (list(seen.prometheusRules).length === 0) return [];
    const { metricsService, serviceMonitors } = seen;
    const operator = operatorOf(seen);
    const fault = scrapeFault({ operator, namespace: seen.target.namespace ?? '', metricsService, serviceMonitors });
    return fault ? [monitoringFinding(fault, 'restore-scrape')] : [];
  },
});
