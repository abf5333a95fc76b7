import { defineRule } from '../model/rule.ts';
import { condition } from '../objects/condition.ts';
import { heartbeatWebhooks } from '../objects/heartbeat-webhook.ts';
import { silentNodes } from '../objects/node-status.ts';
import { conditionEvidence, nodeTrouble } from '../objects/node-trouble.ts';
import { operatorOf } from '../objects/operator.ts';
import { nameOf, reference } from '../objects/reference.ts';
import { withFaults } from '../objects/webhook.ts';

export default defineRule({
  code: 'webhook-blocks-control-plane',
  rung: 'control-plane',
  severity: 'critical',
  meaning:
    'An admission webhook is asked each time a kubelet reports, and does not answer: the API server refuses the reports, and sound nodes are called dead.',
  impact: 'Nodes turn NotReady one after the other, their pods are evicted, and no new pod may go there.',
  evidence:
    'Certain: two or more nodes are silent (Ready is Unknown), and the Service of a webhook that must agree to what kubelets report (leases or node status, failurePolicy Fail) does not exist or has no ready endpoints. Likely where the webhook has match conditions, since these are not evaluated.',
  remedy:
    'Repair the workload behind the webhook, or leave leases and node status out of its rules. As a last resort let the API server ignore it: that bypasses a policy.',
  commands: [
    'kubectl get nodes',
    'kubectl get validatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl get mutatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl edit validatingwebhookconfiguration WEBHOOK',
  ],
  related: ['webhook-unreachable', 'all-candidates-down', 'node-kubelet-stopped'],
  needs: ['deployment', 'replicaSets', 'pods', 'nodes', 'webhooks'],
  wants: ['webhookServices', 'webhookEndpoints'],
  evaluate(seen) {
    const silent = silentNodes(seen.nodes);
    const [faulty] = withFaults(heartbeatWebhooks(seen.webhooks), seen).filter(({ fault }) => fault !== null);
    if (!faulty || silent.length < 2) return [];
    const has = (node: (typeof silent)[number]) => silent.includes(node);
    const { nodes, gaps, next } = nodeTrouble(seen, operatorOf(seen), { kind: 'kubelet-stopped', has });
    const [node] = nodes;
    if (!node) return [];
    const object = reference(faulty.configuration.kind ?? 'ValidatingWebhookConfiguration', faulty.configuration);
    const kind = object.kind.toLowerCase();
    const name = faulty.webhook.name ?? '<unnamed>';
    return [
      {
        title: `webhook ${name} does not answer, so the kubelets of ${silent.map(nameOf).join(', ')} cannot report`,
        object,
        since: condition(node.status?.conditions, 'Ready')?.lastTransitionTime ?? null,
        confidence: (faulty.webhook.matchConditions?.length ?? 0) > 0 ? 'likely' : 'certain',
        evidence: [
          { text: faulty.fault ?? '', source: `${kind}/${object.name} webhook ${name}` },
          ...nodes.flatMap((one) => conditionEvidence(one, 'Ready')),
        ],
        explains: gaps,
        next,
        mitigation: {
          action: 'repair-webhook',
          automatic: false,
          command: `kubectl get ${kind} ${object.name} -o yaml`,
        },
      },
    ];
  },
});
