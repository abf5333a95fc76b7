import { defineRule } from '../model/rule.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { formerObstacle } from '../objects/creation/former-obstacle.ts';
import { limitRangeViolations } from '../objects/creation/limit-range.ts';
import { askedWebhooks } from '../objects/creation/webhook.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';

/** The 422 of object validation (Kubernetes 1.36 apimachinery pkg/api/errors/errors.go NewInvalid): the field is what follows the name. */
const INVALID = /\bPod "[^"]*" is invalid: \[?([\w.[\]()/-]+)/;
/** What the PriorityClass decides, and the pod says otherwise (plugin/pkg/admission/priority/admission.go admitPod). */
const DECIDED = /\bthe \w+ value of (\w+) \([^)]*\) must not be provided in pod spec/;
const REFUSED = new RegExp(`${INVALID.source}|${DECIDED.source}`);

export default defineRule({
  code: 'pod-invalid',
  rung: 'replicaset',
  order: 70,
  severity: 'critical',
  meaning:
    'The API server finds the operator pods invalid. The Deployment was accepted, so most often something changes each pod on its way in: a mutating webhook or policy.',
  impact: 'Lost operator pods are not replaced.',
  evidence:
    'Likely: the newest failure to create operator pods is a refusal of the object itself (422) that names a field, or of a priority that its PriorityClass does not have. Mutating webhooks that are asked about these pods are listed as suspects. A limit that a LimitRange adds is limitrange-default-below-request.',
  remedy:
    "Find what sets the field that the API server names: the Deployment's template, or a mutating webhook or policy, which can be told to leave the operator's namespace alone.",
  commands: [
    'kubectl -n NAMESPACE describe replicaset REPLICASET',
    'kubectl -n NAMESPACE get deployment virt-operator -o yaml',
    'kubectl get mutatingwebhookconfigurations',
  ],
  related: ['limitrange-default-below-request', 'webhook-denied'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['limitRanges', 'webhooks', 'namespace', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const said = blocked ? words(blocked, REFUSED) : [];
    const [, invalid, decided] = REFUSED.exec(said[0]?.text ?? '') ?? [];
    const field = invalid?.replace(/[.:]+$/, '') ?? decided;
    if (!blocked || field === undefined || formerObstacle(blocked, seen) !== null) return [];
    const byRanges = limitRangeViolations(blocked.template.spec, seen.limitRanges ?? []);
    if (byRanges.some(({ kind }) => kind !== 'min') && /limit/.test(said[0]?.text ?? '')) return [];
    const mutators = askedWebhooks(seen.webhooks, seen.namespace, blocked.template).filter(
      ({ configuration }) => configuration.kind === 'MutatingWebhookConfiguration',
    );
    const { namespace, gaps } = blocked;
    const name = nameOf(seen.deployment);
    return [
      {
        title: `the API server finds the operator pods invalid: ${field}`,
        object: { kind: 'Deployment', namespace, name },
        since: saidSince(blocked, said),
        confidence: 'likely',
        evidence: [
          ...said,
          ...mutators.map(({ configuration, webhook }) => ({
            text: `webhook ${webhook.name ?? '<unnamed>'} may change these pods`,
            source: `mutatingwebhookconfiguration/${nameOf(configuration)}`,
          })),
        ],
        explains: gaps,
        told: true,
        mitigation: {
          action: 'find-mutator',
          automatic: false,
          command: shell`kubectl -n ${namespace} get deployment ${name} -o yaml`,
          steps: [
            shell`kubectl -n ${namespace} get deployment ${name} -o yaml`,
            ...mutators.map(
              ({ configuration }) => shell`kubectl get mutatingwebhookconfiguration ${nameOf(configuration)} -o yaml`,
            ),
            `Find what sets ${field}: the Deployment, or one of the webhooks that may change its pods, which can be told to leave namespace ${namespace} alone.`,
          ],
        },
      },
    ];
  },
});
