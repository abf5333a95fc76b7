import type { EvidenceItem, ObjectReference, Observation } from '../model/finding.ts';
import type { WebhookConfiguration } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { heartbeatWebhooks } from '../objects/control-plane/heartbeat-webhook.ts';
import { leaseBlockers } from '../objects/control-plane/stopped-leader.ts';
import { type PodWebhook, withFaults } from '../objects/creation/webhook.ts';
import { condition } from '../objects/meta/condition.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { silentNodes } from '../objects/node/node-status.ts';
import { leaseText } from '../objects/operator/lease.ts';
import { operatorOf } from '../objects/operator/operator.ts';
import { conditionEvidence, nodeTrouble } from '../objects/placement/node-trouble.ts';
import { webhookSteps } from '../objects/remedy/manual-step.ts';

export default defineRule({
  code: 'webhook-blocks-control-plane',
  rung: 'control-plane',
  order: -2,
  severity: 'critical',
  meaning:
    'An admission webhook is asked each time a kubelet reports or a leader renews its lease, and does not answer: the API server refuses that, sound nodes are called dead, and what runs leads no more.',
  impact:
    'Nodes turn NotReady one after the other, their pods are evicted, and no new pod may go there; kube-controller-manager, kube-scheduler or virt-operator give up and do nothing.',
  evidence:
    'Certain: the Service of a webhook that must agree to leases or node status (failurePolicy Fail) does not exist or has no ready endpoints, and two or more nodes are silent (Ready is Unknown), or leases of kube-controller-manager, kube-scheduler or virt-operator that it is asked about are 45 seconds overdue. Likely before that, or where it has match conditions, since these are not evaluated.',
  remedy:
    'Repair the workload behind the webhook, or leave leases and node status out of its rules. As a last resort let the API server ignore it: that bypasses a policy.',
  commands: [
    'kubectl get nodes',
    'kubectl get validatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl get mutatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl edit validatingwebhookconfiguration WEBHOOK',
  ],
  related: ['webhook-unreachable', 'all-candidates-down', 'node-kubelet-stopped', 'no-leader', 'etcd-or-api-slow'],
  needs: ['deployment', 'replicaSets', 'pods', 'webhooks'],
  wants: [
    'nodes',
    'nodePods',
    'webhookServices',
    'webhookEndpoints',
    'namespace',
    'operatorLease',
    'controllerManagerLease',
    'schedulerLease',
  ],
  evaluate(seen) {
    return [...ofKubelets(seen), ...ofLeaders(seen)];
  },
});

type Faulty = PodWebhook & { fault: string | null };
type SeenHere = Parameters<typeof leaseBlockers>[0] & Parameters<typeof nodeTrouble>[0];

function ofKubelets(seen: SeenHere): Observation[] {
  const silent = silentNodes(seen.nodes);
  const [faulty] = withFaults(heartbeatWebhooks(seen.webhooks), seen).filter(({ fault }) => fault !== null);
  if (!faulty || silent.length < 2) return [];
  const has = (node: (typeof silent)[number]) => silent.includes(node);
  const { nodes, gaps, next } = nodeTrouble(seen, operatorOf(seen), { kind: 'kubelet-stopped', has });
  const [node] = nodes;
  if (!node) return [];
  return [
    {
      ...observe(faulty, `the kubelets of ${silent.map(nameOf).join(', ')} cannot report`),
      since: condition(node.status?.conditions, 'Ready')?.lastTransitionTime ?? null,
      evidence: [fault(faulty), ...nodes.flatMap((one) => conditionEvidence(one, 'Ready'))],
      explains: gaps,
      next,
    },
  ];
}

function ofLeaders(seen: SeenHere): Observation[] {
  return leaseBlockers(seen).map(({ webhook, stopped }) => {
    const effect = `cannot renew ${stopped.length === 1 ? 'its lease' : 'their leases'}`;
    const said = observe(webhook, `${stopped.map(({ name }) => name).join(', ')} ${effect}`);
    return {
      ...said,
      since: stopped[0]?.state.renewTime ?? null,
      confidence: stopped.every(({ state }) => state.dead) ? said.confidence : 'likely',
      evidence: [
        fault(webhook),
        ...stopped.map(({ name, state }) => ({ text: leaseText(state), source: `lease/${name}` })),
      ],
      explains: stopped.flatMap(({ gaps }) => gaps),
    };
  });
}

function observe({ webhook, configuration }: Faulty, effect: string) {
  const object = objectOf(configuration);
  return {
    title: `webhook ${webhook.name ?? '<unnamed>'} does not answer, so ${effect}`,
    object,
    confidence: (webhook.matchConditions?.length ?? 0) > 0 ? ('likely' as const) : ('certain' as const),
    mitigation: {
      action: 'repair-webhook',
      automatic: false,
      command: shell`kubectl get ${object.kind.toLowerCase()} ${object.name} -o yaml`,
      steps: [
        ...webhookSteps(object, webhook),
        'Where that takes long, leave leases and node status out of its rules; letting the API server ignore it bypasses a policy:',
        shell`kubectl edit ${object.kind.toLowerCase()} ${object.name}`,
      ],
    },
  };
}

function fault({ webhook, configuration, fault: text }: Faulty): EvidenceItem {
  const { kind, name } = objectOf(configuration);
  return { text: text ?? '', source: `${kind.toLowerCase()}/${name} webhook ${webhook.name ?? '<unnamed>'}` };
}

function objectOf(configuration: WebhookConfiguration): ObjectReference {
  return reference(configuration.kind ?? 'ValidatingWebhookConfiguration', configuration);
}
