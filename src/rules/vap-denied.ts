import { defineRule } from '../model/rule.ts';
import { missingParameters, policyDenial, policyState } from '../objects/creation/admission-policy.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { shell } from '../objects/meta/shell.ts';

export default defineRule({
  code: 'vap-denied',
  rung: 'replicaset',
  order: 120,
  severity: 'critical',
  meaning: 'An admission policy of the API server itself (a CEL expression) refuses the operator pods.',
  impact: 'Lost operator pods are not replaced; other pods that break the same policy are refused too.',
  evidence:
    'The newest failure to create operator pods names an admission policy and its binding. Certain: both were read, and the binding still denies what is in this namespace. Likely: they could not be read. Where they are gone, only warn or leave the namespace out, the refusal is over.',
  remedy:
    "Make a parameter again that the binding names and is not found. Else except the operator's namespace in the binding's matchResources, or make the operator comply. Then nudge the ReplicaSet.",
  commands: [
    'kubectl get ValidatingAdmissionPolicy POLICY -o yaml',
    'kubectl edit ValidatingAdmissionPolicyBinding BINDING',
    'kubectl edit ValidatingAdmissionPolicy POLICY',
    'kubectl -n NAMESPACE annotate replicaset REPLICASET virtop.io/nudge="$(date +%s)" --overwrite',
  ],
  related: ['imagepolicy-denied', 'podsecurity-denied', 'replicaset-backoff', 'webhook-denied'],
  needs: ['deployment', 'replicaSets', 'pods'],
  wants: ['admissionPolicies', 'namespace', 'events'],
  evaluate(seen) {
    const blocked = blockedCreation(seen);
    const denial = policyDenial(blocked?.failure?.message ?? '');
    if (!blocked || !denial) return [];
    const state = policyState(denial, seen.admissionPolicies, { ...seen, template: blocked.template });
    if (state === 'gone') return [];
    const { kind, policy, binding } = denial;
    const said = words(blocked, /./);
    const missing = missingParameters(denial, blocked.failure?.message ?? '', seen.admissionPolicies);
    return [
      {
        title: `${kind} ${policy} refuses the operator pods${missing.map((one) => `: ${one}, its parameter, is not found`).join('')}`,
        object: { kind, namespace: null, name: policy },
        since: saidSince(blocked, said),
        confidence: state === 'there' ? 'certain' : 'likely',
        evidence: [
          ...(state === 'there' && binding !== null
            ? [{ text: `binds ${policy}, and denies`, source: `${kind.toLowerCase()}binding/${binding} spec` }]
            : []),
          ...said,
        ],
        explains: blocked.gaps,
        told: true,
        mitigation: {
          action: 'except-from-policy',
          automatic: false,
          steps: [
            ...missing.map(
              (one) => `Make ${one} again, if you have it; then only the ReplicaSet has to try again. Else:`,
            ),
            binding === null
              ? `Make the pod template what the policy demands, or leave namespace ${blocked.namespace} out of it (spec.matchConstraints.namespaceSelector):`
              : `Make the pod template what the policy demands, or leave namespace ${blocked.namespace} out of its binding (spec.matchResources.namespaceSelector: kubernetes.io/metadata.name NotIn ${blocked.namespace}):`,
            binding === null ? shell`kubectl edit ${kind} ${policy}` : shell`kubectl edit ${kind}Binding ${binding}`,
          ],
          command:
            binding === null ? shell`kubectl edit ${kind} ${policy}` : shell`kubectl edit ${kind}Binding ${binding}`,
        },
      },
    ];
  },
});
