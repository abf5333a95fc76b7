import type { Confidence, EvidenceItem, ObjectReference, Observation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { newestCreateFailure } from '../objects/create-failure.ts';
import { list } from '../objects/list.ts';
import { operatorOf, uncreatedGaps } from '../objects/operator.ts';
import { reference } from '../objects/reference.ts';
import { calledServices, podWebhooks, serviceFault, type Webhook } from '../objects/webhook.ts';

export default defineRule({
  code: 'webhook-unreachable',
  rung: 'replicaset',
  order: 130,
  severity: 'critical',
  meaning:
    'An admission webhook that must agree to every new pod does not answer, so the API server refuses the operator pods.',
  impact: 'Lost operator pods are not replaced; every other workload that the webhook covers has the same trouble.',
  remedy:
    'Repair the workload behind the webhook. Only as a last resort let the API server ignore it: that bypasses a policy.',
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['webhooks', 'webhookServices', 'webhookEndpoints', 'namespace', 'events'],
  evaluate(seen) {
    const operator = operatorOf(seen);
    if (operator.uncreated === 0) return [];
    const failure = newestCreateFailure(operator, seen.events);
    const told = /failed calling webhook "([^"]+)"/.exec(failure?.message ?? '')?.[1];
    const words: EvidenceItem[] = told && failure ? [{ text: failure.message, source: failure.source }] : [];
    const since = failure?.time ?? null;
    const explains = uncreatedGaps(operator);
    if (told && !seen.webhooks) {
      const object = { kind: 'WebhookConfiguration', namespace: null, name: told };
      return [{ ...said(told, object), since, confidence: 'likely', evidence: words, explains }];
    }
    const called = podWebhooks(seen.webhooks, seen.namespace, operator.deployment?.spec?.template);
    const judged = seen.webhookServices && seen.webhookEndpoints ? calledServices(called) : [];
    return called.flatMap(({ configuration, webhook }) => {
      const isTold = webhook.name === told;
      const fault = isServiceOf(webhook, judged)
        ? serviceFault(webhook, list(seen.webhookServices), list(seen.webhookEndpoints))
        : null;
      if (fault === null && !isTold) return [];
      const object = reference(configuration.kind ?? 'ValidatingWebhookConfiguration', configuration);
      const source = `${object.kind.toLowerCase()}/${object.name} webhook ${webhook.name ?? ''}`;
      return [
        {
          ...said(webhook.name ?? '<unnamed>', object),
          since: isTold ? since : null,
          confidence: sureness(webhook, fault, isTold),
          evidence: [...(fault ? [{ text: fault, source }] : []), ...(isTold ? words : [])],
          explains,
        },
      ];
    });
  },
});

function said(name: string, object: ObjectReference): Pick<Observation, 'title' | 'object' | 'mitigation'> {
  return {
    title: `webhook ${name} does not answer, and pods may not be created without it`,
    object,
    mitigation: {
      action: 'repair-webhook',
      automatic: false,
      command: `kubectl get ${object.kind.toLowerCase()} ${object.name} -o yaml`,
    },
  };
}

function isServiceOf({ clientConfig }: Webhook, services: readonly { namespace: string; name: string }[]): boolean {
  const { namespace, name } = clientConfig?.service ?? {};
  return services.some((one) => one.namespace === namespace && one.name === name);
}

/** Match conditions are not evaluated: such a webhook may not be asked about the operator's pods at all. */
function sureness(webhook: Webhook, fault: string | null, isTold: boolean): Confidence {
  if (!isTold && list(webhook.matchConditions).length > 0) return 'possible';
  return fault === null ? 'likely' : 'certain';
}
