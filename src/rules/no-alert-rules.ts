import { defineRule } from '../model/rule.ts';

const NAME = 'prometheus-kubevirt-rules';

export default defineRule({
  code: 'no-alert-rules',
  rung: 'leader',
  order: 84,
  severity: 'info',
  meaning:
    'The cluster serves PrometheusRules, and the one with the alerts of KubeVirt does not exist. A leading virt-operator makes it, where the account in spec.monitorAccount (prometheus-k8s, unless set) exists in the namespace of monitoring.',
  impact: 'No alert of KubeVirt can fire, whatever happens.',
  evidence:
    'Certain: the cluster serves PrometheusRules, the Deployment exists, and prometheus-kubevirt-rules does not. It is told beside the cause.',
  remedy:
    'Set spec.monitorAccount and spec.monitorNamespace of the KubeVirt resource to the ServiceAccount of Prometheus. The operator makes the rule when it works out anew what to install.',
  commands: ['kubectl -n NAMESPACE get prometheusrules', 'kubectl get serviceaccounts -A'],
  related: ['alert-scrape-broken', 'old-alert-name'],
  needs: ['prometheusRules', 'deployment'],
  evaluate(seen) {
    const { prometheusRules, target } = seen;
    if (!prometheusRules || prometheusRules.length > 0 || !seen.deployment) return [];
    const namespace = target.namespace ?? '';
    return [
      {
        title: `no alert can tell of virt-operator: PrometheusRule ${NAME} does not exist`,
        object: { kind: 'PrometheusRule', namespace, name: NAME },
        since: null,
        confidence: 'certain',
        evidence: [{ text: 'it does not exist', source: `prometheusrule/${NAME} in ${namespace}` }],
        explains: [],
        mitigation: {
          action: 'make-alert-rules',
          automatic: false,
          command: 'kubectl get serviceaccounts -A',
        },
      },
    ];
  },
});
