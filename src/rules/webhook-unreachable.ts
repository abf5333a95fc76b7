import type { EvidenceItem } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { newestCreateFailure } from '../objects/create-failure.ts';
import { list } from '../objects/list.ts';
import { operatorOf, uncreatedGaps } from '../objects/operator.ts';
import { nameOf } from '../objects/reference.ts';
import { type PodWebhook, podWebhooks, serviceFault } from '../objects/webhook.ts';

export default defineRule({
  code: 'webhook-unreachable',
  rung: 'replicaset',
  order: 6,
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
    const template = operator.deployment?.spec?.template;
    const called = podWebhooks(seen.webhooks, seen.namespace, template).map((one) => ({ ...one, fault: faultOf(one) }));
    const broken = called.filter((one) => one.fault !== null || one.webhook.name === told);
    const words: EvidenceItem[] = told && failure ? [{ text: failure.message, source: failure.source }] : [];
    if (told && !broken.some((one) => one.webhook.name === told)) {
      const object = { kind: 'WebhookConfiguration', namespace: null, name: told };
      return seen.webhooks ? [] : [observation(told, object, 'likely', words)];
    }
    return broken.map(({ configuration, webhook, fault }) => {
      const name = webhook.name ?? '<unnamed>';
      const object = {
        kind: configuration.kind ?? 'ValidatingWebhookConfiguration',
        namespace: null,
        name: nameOf(configuration),
      };
      const source = `${object.kind.toLowerCase()}/${object.name} webhook ${name}`;
      const facts = [...(fault ? [{ text: fault, source }] : []), ...(name === told ? words : [])];
      return observation(name, object, fault ? 'certain' : 'likely', facts);
    });

    function faultOf({ webhook }: PodWebhook): string | null {
      if (!seen.webhookServices || !seen.webhookEndpoints) return null;
      return serviceFault(webhook, list(seen.webhookServices), list(seen.webhookEndpoints));
    }

    function observation(
      name: string,
      object: { kind: string; namespace: null; name: string },
      confidence: 'certain' | 'likely',
      evidence: EvidenceItem[],
    ) {
      return {
        title: `webhook ${name} does not answer, and pods may not be created without it`,
        object,
        since: told ? (failure?.time ?? null) : null,
        confidence,
        evidence,
        explains: uncreatedGaps(operator),
        mitigation: {
          action: 'repair-webhook',
          automatic: false,
          command: `kubectl get ${object.kind.toLowerCase()} ${object.name} -o yaml`,
        },
      };
    }
  },
});
