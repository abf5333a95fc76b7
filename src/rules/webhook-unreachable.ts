import type { Confidence, EvidenceItem, ObjectReference, Observation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { heartbeatWebhooks, leaseWebhooks } from '../objects/control-plane/heartbeat-webhook.ts';
import { KUBE_SYSTEM } from '../objects/control-plane/stopped-leader.ts';
import { type BlockedCreation, blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle } from '../objects/creation/former-obstacle.ts';
import { calledWebhooks, type Webhook } from '../objects/creation/webhook.ts';
import { list } from '../objects/meta/list.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { webhookSteps } from '../objects/remedy/manual-step.ts';

/** Kubernetes 1.36 apiserver pkg/util/webhook/error.go. */
const REFUSED = /failed calling webhook "([^"]+)"/;
/** Go crypto/tls and crypto/x509, and Kubernetes 1.36 client-go transport/transport.go: it answers, and is not believed. */
const DISTRUSTED = /x509: |tls: failed to verify certificate|unable to load root certificates/;

export default defineRule({
  code: 'webhook-unreachable',
  rung: 'replicaset',
  order: 130,
  severity: 'critical',
  meaning:
    'An admission webhook that must agree to every new pod does not answer, or its certificate is not trusted, so the API server refuses the operator pods.',
  impact: 'Lost operator pods are not replaced; every other workload that the webhook covers has the same trouble.',
  evidence:
    "A webhook with failurePolicy Fail is asked about each operator pod that is made. Certain: the Service that it calls does not exist or has no ready endpoints. Likely: the API server's words name it, and its Service looks sound or was not read. Possible: no words name it, and it has match conditions, which are not evaluated, or a selector of namespaces whose labels were not read.",
  remedy:
    'Repair the workload behind the webhook. Where its certificate is not trusted, let what issued it (cert-manager, most often) renew it, and put the CA that signed it into caBundle of the configuration. Only as a last resort let the API server ignore it: that bypasses a policy.',
  commands: [
    'kubectl get validatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl get mutatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    'kubectl -n NAMESPACE get services,endpointslices,pods',
    'kubectl edit validatingwebhookconfiguration WEBHOOK',
  ],
  related: ['webhook-blocks-control-plane', 'rs-create-error', 'webhook-denied', 'kubevirt-cr-webhook-deadlock'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['webhooks', 'webhookServices', 'webhookEndpoints', 'namespace', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    if (!blocked) return [];
    const said = formerObstacle(blocked, seen) === null ? words(blocked, REFUSED) : [];
    const named = REFUSED.exec(said[0]?.text ?? '')?.[1];
    const isRead = !!seen.webhooks;
    const found = suspects(seen, blocked, named);
    return (blocked.gaps.length > 0 ? found : found.filter(isOnlyForPods)).map((one) =>
      observe(one, blocked, one.name === named ? said : [], isRead),
    );
  },
});

interface Suspect {
  name: string;
  webhook: Webhook | null;
  object: ObjectReference;
  /** What is wrong with its Service; null when that looks sound or was not read. */
  fault: string | null;
  conditional: boolean;
}

/** Webhooks whose Service is at fault, and the one that the API server names, whatever its Service looks like. */
function suspects(
  seen: Parameters<typeof calledWebhooks>[0],
  blocked: BlockedCreation,
  named: string | undefined,
): Suspect[] {
  if (!seen.webhooks) {
    const object = { kind: 'ValidatingWebhookConfiguration', namespace: null, name: named ?? '' };
    return named === undefined ? [] : [{ name: named, webhook: null, object, fault: null, conditional: false }];
  }
  return calledWebhooks(seen, blocked.template)
    .map(({ configuration, webhook, fault }) => ({
      name: webhook.name ?? '<unnamed>',
      webhook,
      object: reference(configuration.kind ?? 'ValidatingWebhookConfiguration', configuration),
      fault,
      conditional: (webhook.matchConditions?.length ?? 0) > 0 || (!seen.namespace && selects(webhook)),
    }))
    .filter(({ name, fault }) => fault !== null || name === named);
}

/** Whether it depends on a namespace's labels if this webhook is asked. */
function selects({ namespaceSelector }: Webhook): boolean {
  return (
    list(namespaceSelector?.matchExpressions).length > 0 || Object.keys(namespaceSelector?.matchLabels ?? {}).length > 0
  );
}

/** While no pod is owed: whether it is sure to refuse the next one, and does no harm to leases, of which another cause tells. */
function isOnlyForPods({ webhook, fault, conditional }: Suspect): boolean {
  const lists = webhook ? [{ webhooks: [webhook] }] : [];
  const others = [...heartbeatWebhooks(lists), ...leaseWebhooks(lists, KUBE_SYSTEM)];
  return fault !== null && !conditional && others.length === 0;
}

function observe(
  suspect: Suspect,
  blocked: BlockedCreation,
  said: readonly EvidenceItem[],
  isRead: boolean,
): Observation {
  const { name, object, fault } = suspect;
  const kind = object.kind.toLowerCase();
  const distrusted = fault === null && said.some(({ text }) => DISTRUSTED.test(text));
  const trouble = distrusted ? 'has a certificate that the API server does not trust' : 'does not answer';
  return {
    title: `webhook ${name} ${trouble}, and pods may not be created without it`,
    object,
    since: saidSince(blocked, said),
    confidence: sureness(suspect, said.length > 0),
    evidence: [...(fault ? [{ text: fault, source: `${kind}/${object.name} webhook ${name}` }] : []), ...said],
    explains: blocked.gaps,
    told: said.length > 0,
    mitigation: {
      action: distrusted ? 'renew-webhook-certificate' : 'repair-webhook',
      automatic: false,
      // The words name a webhook, not the configuration that it stands in.
      command: isRead
        ? shell`kubectl get ${kind} ${object.name} -o yaml`
        : 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
      ...(suspect.webhook ? { steps: stepsFor(suspect, distrusted) } : {}),
    },
  };
}

/** Match conditions are not evaluated, nor labels that were not read: such a webhook may not be asked about the operator's pods at all. */
function sureness({ fault, conditional }: Suspect, told: boolean): Confidence {
  if (!told && conditional) return 'possible';
  return fault === null ? 'likely' : 'certain';
}

function stepsFor({ object, webhook }: Suspect, distrusted: boolean): string[] {
  return [
    ...webhookSteps(object, webhook),
    ...(distrusted
      ? [
          'Its certificate is not trusted: let what issued it (cert-manager, most often) renew it, and put the CA that signed it into caBundle of the configuration.',
        ]
      : []),
  ];
}
