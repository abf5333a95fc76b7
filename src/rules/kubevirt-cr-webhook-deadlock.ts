import type { EvidenceItem } from '../model/finding.ts';
import type { KubernetesEvent, KubeVirt, Namespace, WebhookConfiguration } from '../model/kubernetes.ts';
import { defineRule } from '../model/rule.ts';
import { eventMessage } from '../objects/meta/event.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf, reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** The webhooks of KubeVirt's own configuration (pkg/virt-operator/resource/generate/components/webhooks.go NewOpertorValidatingWebhookConfiguration). */
const REFUSED = /failed calling webhook "kubevirt-(?:\w+-)?validator\.kubevirt\.io"/;

export default defineRule({
  code: 'kubevirt-cr-webhook-deadlock',
  rung: 'leader',
  order: 2,
  severity: 'warning',
  meaning:
    'virt-operator itself must agree to every change of the KubeVirt resource. While it is down, such a change (also a deletion) is refused or waits.',
  impact: 'The KubeVirt resource can be neither changed nor deleted, and a namespace that holds it does not go away.',
  evidence:
    "Certain: virt-operator's webhook configuration exists, no operator pod is ready, and somebody waits: a KubeVirt resource that is being deleted, or a condition of the namespace or an event that tells of the refusal. It is told beside the cause.",
  remedy:
    'Bring the operator back: the KubeVirt resource needs no change for that. Only to uninstall without it, delete that webhook configuration first.',
  commands: [
    'kubectl get validatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl delete validatingwebhookconfiguration WEBHOOK',
  ],
  related: ['kubevirt-cr-deleting', 'namespace-terminating', 'webhook-unreachable', 'multiple-kubevirt'],
  needs: ['deployment', 'replicaSets', 'pods', 'operatorWebhook'],
  wants: ['kubevirts', 'namespace', 'events'],
  evaluate(seen) {
    const { operatorWebhook } = seen;
    const waits = waiting(seen);
    if (!operatorWebhook || waits.length === 0 || operatorOf(seen).ready.length > 0) return [];
    const name = nameOf(operatorWebhook);
    return [
      {
        title: 'changes of the KubeVirt resource wait for virt-operator, which must agree to them',
        object: reference('ValidatingWebhookConfiguration', operatorWebhook),
        since: null,
        // Words alone may be old; a KubeVirt resource that is being deleted waits for sure.
        confidence: list(seen.kubevirts).some((one) => one.metadata?.deletionTimestamp) ? 'certain' : 'likely',
        evidence: waits,
        explains: [],
        mitigation: {
          action: 'restore-operator-first',
          automatic: false,
          command: shell`kubectl get validatingwebhookconfiguration ${name} -o yaml`,
        },
      },
    ];
  },
});

interface Waiting {
  readonly operatorWebhook: WebhookConfiguration | null;
  readonly kubevirts?: readonly KubeVirt[] | null | undefined;
  readonly namespace?: Namespace | null | undefined;
  readonly events?: readonly KubernetesEvent[] | null | undefined;
}

/** Who is known to wait: a KubeVirt resource that is being deleted, a namespace, or whoever an event names. */
function waiting({ kubevirts, namespace, events }: Waiting): EvidenceItem[] {
  const deleting = list(kubevirts).filter((one) => one.metadata?.deletionTimestamp);
  const held = list(namespace?.status?.conditions).filter(({ message }) => REFUSED.test(message ?? ''));
  const told = list(events).filter((event) => REFUSED.test(eventMessage(event)));
  return [
    ...deleting.map((one) => ({
      text: 'is being deleted',
      source: `kubevirt/${nameOf(one)} metadata.deletionTimestamp`,
    })),
    ...held.map(({ type, message }) => ({
      text: message ?? '',
      source: `namespace/${nameOf(namespace)} status.conditions[${type ?? ''}]`,
    })),
    ...told.slice(0, 1).map((event) => ({ text: eventMessage(event), source: `event/${nameOf(event)}` })),
  ];
}
