import type { Mitigation } from '../model/finding.ts';
import { defineRule } from '../model/rule.ts';
import {
  bindingEvidence,
  missingParameters,
  type PolicyDenial,
  policyDenial,
  policyState,
} from '../objects/creation/admission-policy.ts';
import { blockedCreation, saidSince, words } from '../objects/creation/blocked-creation.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { shell } from '../objects/meta/shell.ts';
import { type Operator, operatorOf } from '../objects/operator/operator.ts';

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
    const { kind, policy } = denial;
    const said = words(blocked, /./);
    const missing = missingParameters(denial, blocked.failure?.message ?? '', seen.admissionPolicies);
    return [
      {
        title: `${kind} ${policy} refuses the operator pods${missing.map((one) => `: ${one}, its parameter, is not found`).join('')}`,
        object: { kind, namespace: null, name: policy },
        since: saidSince(blocked, said),
        confidence: state === 'there' ? 'certain' : 'likely',
        evidence: [...(state === 'there' ? bindingEvidence(denial) : []), ...said],
        explains: blocked.gaps,
        told: true,
        mitigation: mitigationOf(denial, missing, operatorOf(seen)),
      },
    ];
  },
});

function mitigationOf(
  { kind, policy, binding }: PolicyDenial,
  missing: readonly string[],
  operator: Operator,
): Mitigation {
  const namespace = operator.deployment?.metadata?.namespace ?? '';
  const read = shell`kubectl get ${kind} ${policy} -o yaml`;
  const edit = binding === null ? shell`kubectl edit ${kind} ${policy}` : shell`kubectl edit ${kind}Binding ${binding}`;
  const except =
    binding === null
      ? `Make the pod template what the policy demands, or leave namespace ${namespace} out of it (spec.matchConstraints.namespaceSelector):`
      : `Make the pod template what the policy demands, or leave namespace ${namespace} out of its binding (spec.matchResources.namespaceSelector: kubernetes.io/metadata.name NotIn ${namespace}):`;
  if (missing.length === 0) {
    return { action: 'except-from-policy', automatic: false, steps: [except, edit], command: edit };
  }
  return {
    action: 'restore-policy-parameter',
    automatic: false,
    steps: [
      `Make ${missing.join(' and ')} again, from wherever the policy came from; the policy shows what it reads there:`,
      read,
      'Then make the ReplicaSet try again:',
      shell`kubectl -n ${namespace} annotate replicaset ${nameOf(operator.current)} virtop.io/nudge="$(date +%s)" --overwrite`,
      `Only where that is gone for good: ${except.charAt(0).toLowerCase()}${except.slice(1)}`,
      edit,
    ],
    command: read,
  };
}
