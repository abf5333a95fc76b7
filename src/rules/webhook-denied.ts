import type { EvidenceItem } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { askedWebhooks, type PodWebhook } from '../objects/creation/webhook.ts';
import { reference } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { exceptNamespace } from '../objects/remedy/manual-step.ts';

/** Kubernetes 1.36 apiserver pkg/admission/plugin/webhook/errors/statuserror.go ToStatusErr. */
const REFUSED = /admission webhook "([^"]+)" denied the request/;

export default defineRule({
  code: 'webhook-denied',
  rung: 'replicaset',
  order: 130,
  severity: 'critical',
  meaning: 'An admission webhook (a policy engine, an image signature check) answers, and its answer is no.',
  impact: 'Lost operator pods are not replaced; other pods that break the same policy are refused too.',
  evidence:
    'Likely: the newest failure to create operator pods says that a webhook denied the request, and a webhook of that name is still asked about these pods, or none could be read. The webhook itself is not asked.',
  remedy:
    "Read the policy's words: make the operator comply, or except its namespace from the policy. Then nudge the ReplicaSet.",
  commands: [
    'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
    'kubectl get validatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl get mutatingwebhookconfiguration WEBHOOK -o yaml',
    'kubectl edit validatingwebhookconfiguration WEBHOOK',
    'kubectl -n NAMESPACE annotate replicaset REPLICASET virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: [
    'rs-create-error',
    'imagepolicy-denied',
    'pod-invalid',
    'podsecurity-denied',
    'replicaset-backoff',
    'vap-denied',
    'webhook-unreachable',
    'image-signature',
  ],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['webhooks', 'namespace', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const said = blocked ? words(blocked, REFUSED) : [];
    const name = REFUSED.exec(said[0]?.text ?? '')?.[1];
    if (!blocked || name === undefined) return [];
    const asked = askedWebhooks(seen.webhooks, seen.namespace, blocked.template);
    const refusing = asked.find(({ webhook }) => webhook.name === name);
    const found = refusing?.configuration;
    if (seen.webhooks && !found) return [];
    const object = found
      ? reference(found.kind ?? 'ValidatingWebhookConfiguration', found)
      : { kind: 'ValidatingWebhookConfiguration', namespace: null, name };
    return [
      {
        title: `admission webhook ${name} refuses the operator pods`,
        object,
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: said,
        explains: blocked.gaps,
        told: true,
        mitigation: {
          action: 'except-from-policy',
          automatic: false,
          command: found
            ? shell`kubectl get ${object.kind.toLowerCase()} ${object.name} -o yaml`
            : 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations',
          ...(refusing ? { steps: stepsFor(refusing, blocked.namespace, said) } : {}),
        },
      },
    ];
  },
});

function stepsFor(refusing: PodWebhook, namespace: string, said: readonly EvidenceItem[]): string[] {
  return [
    `Make the pod template what the webhook demands: ${said[0]?.text ?? ''}`,
    `Or leave namespace ${namespace} out of what it is asked about (whatever manages the webhook may put it back):`,
    exceptNamespace(refusing, namespace),
  ];
}
