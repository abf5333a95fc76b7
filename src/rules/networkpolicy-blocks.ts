import { defineRule } from '../model/rule.ts';
import { shell } from '../objects/meta/shell.ts';
import { egressEvidence } from '../objects/monitoring/api-egress.ts';
import { closedPort, METRICS_PORT, monitoringFinding, WEBHOOK_PORT } from '../objects/monitoring/monitoring.ts';
import { operatorOf } from '../objects/operator/operator.ts';

export default defineRule({
  code: 'networkpolicy-blocks',
  rung: 'leader',
  order: 82,
  severity: 'warning',
  meaning:
    'NetworkPolicies let nobody in at a port of the operator: 8443, where Prometheus asks for metrics, or 8444, where the API server asks its webhooks. Or they do not let the operator out to the API server.',
  impact:
    'Without 8443 alerts about virt-operator fire without a reason. Without 8444 every change of the KubeVirt resource is refused. Without the API server the operator cannot start.',
  evidence:
    'NetworkPolicies that select the operator pods are worked out for ports 8443 and 8444, and for the way to the API server. Likely or possible, since what the network plugin makes of them is not known. It is told beside the cause.',
  remedy:
    "Add a policy that opens what is missing (KubeVirt's own are in manifests/generated/kubevirt-network-policies.yaml.in).",
  commands: ['kubectl -n NAMESPACE get networkpolicies', 'kubectl -n NAMESPACE describe networkpolicy POLICY'],
  related: ['crash-api-unreachable', 'alert-scrape-broken', 'webhook-unreachable'],
  needs: ['networkPolicies', 'deployment', 'replicaSets', 'pods'],
  wants: ['events'],
  evaluate(seen) {
    const namespace = seen.target.namespace ?? '';
    const operator = operatorOf(seen);
    const about = { operator, namespace, networkPolicies: seen.networkPolicies };
    const closed = [
      closedPort(about, METRICS_PORT, 'metrics'),
      closedPort(about, WEBHOOK_PORT, 'the webhooks of the KubeVirt resource'),
    ];
    const inward = closed.flatMap((fault) => (fault ? [monitoringFinding(fault, 'open-port')] : []));
    const outward = egressEvidence(operator, seen);
    const [first] = outward?.policies ?? [];
    if (!outward || !first) return inward;
    return [
      ...inward,
      {
        title: `NetworkPolicy ${outward.policies.join(', ')} does not let the operator pods out to the API server`,
        object: { kind: 'NetworkPolicy', namespace, name: first },
        since: null,
        confidence: outward.sure ? 'likely' : 'possible',
        evidence: outward.evidence,
        explains: [],
        mitigation: {
          action: 'open-egress',
          automatic: false,
          command: shell`kubectl -n ${namespace} describe networkpolicy ${outward.policies}`,
        },
      },
    ];
  },
});
