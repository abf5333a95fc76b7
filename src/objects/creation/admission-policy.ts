import type { EvidenceItem } from '../../model/finding.ts';
import type { AdmissionPolicy, Namespace, PodTemplate } from '../../model/kubernetes.ts';
import { matchesSelector } from '../meta/label-selector.ts';
import { list } from '../meta/list.ts';
import { nameOf } from '../meta/reference.ts';

/** A denial by an admission policy, as the API server words it. */
export interface PolicyDenial {
  kind: 'ValidatingAdmissionPolicy' | 'MutatingAdmissionPolicy';
  policy: string;
  /** null where the words name no binding. */
  binding: string | null;
}

/**
 * `ValidatingAdmissionPolicy 'P' with binding 'B' denied request: …` (Kubernetes 1.36 apiserver
 * pkg/admission/plugin/policy/validating/dispatcher.go), or `policy 'P' with binding 'B' denied request: …` of a mutating one
 * (pkg/admission/plugin/policy/generic/policy_dispatcher.go).
 */
const DENIED =
  /\b(ValidatingAdmissionPolicy|policy) ['"]([^'"]+)['"](?: with binding ['"]([^'"]+)['"])? denied request/;

/** Which policy refused, by the API server's words; null when none did. */
export function policyDenial(message: string): PolicyDenial | null {
  const [, word, policy, binding] = DENIED.exec(message) ?? [];
  if (policy === undefined) return null;
  const kind = word === 'policy' ? 'MutatingAdmissionPolicy' : 'ValidatingAdmissionPolicy';
  return { kind, policy, binding: binding ?? null };
}

interface Subject {
  namespace?: Namespace | null | undefined;
  template?: PodTemplate | null | undefined;
}

/** Whether the policy that refused still stands, by what was read of it: it, and a binding that denies, which both select the pod's namespace and labels. */
export function policyState(
  { kind, policy, binding }: PolicyDenial,
  policies: readonly AdmissionPolicy[] | null | undefined,
  subject: Subject = {},
): 'there' | 'gone' | 'unknown' {
  if (!policies) return 'unknown';
  const bound = policies.find((one) => one.kind === `${kind}Binding` && nameOf(one) === binding);
  const found = policies.find((one) => one.kind === kind && nameOf(one) === policy);
  const denies = binding === null || list(bound?.spec?.validationActions).includes('Deny');
  const selects = [found?.spec?.matchConstraints, bound?.spec?.matchResources].every((one) => isSelected(one, subject));
  return found && denies && selects ? 'there' : 'gone';
}

function isSelected(
  resources: NonNullable<AdmissionPolicy['spec']>['matchResources'],
  { namespace, template }: Subject,
): boolean {
  const byNamespace = !namespace || matchesSelector(resources?.namespaceSelector, namespace.metadata?.labels);
  return byNamespace && (!template || matchesSelector(resources?.objectSelector, template.metadata?.labels));
}

/** That the binding denies, where it was read; nothing where the words name none. */
export function bindingEvidence({ kind, policy, binding }: PolicyDenial): EvidenceItem[] {
  if (binding === null) return [];
  return [{ text: `binds ${policy}, and denies`, source: `${kind.toLowerCase()}binding/${binding} spec` }];
}

/** What a binding that wants parameters says where there are none (Kubernetes 1.36 apiserver pkg/admission/plugin/policy/generic/policy_matcher.go CollectParams). */
const NO_PARAMETER = /no params found for policy binding/;

/** The parameter that a binding names, and the API server did not find: `ConfigMap default/limits`; nothing where that is not what it says. */
export function missingParameters(
  denial: PolicyDenial,
  message: string,
  policies: readonly AdmissionPolicy[] | null | undefined,
): string[] {
  const named = (kind: string, name: string | null) =>
    list(policies).find((one) => one.kind === kind && nameOf(one) === name)?.spec;
  const kind = named(denial.kind, denial.policy)?.paramKind?.kind;
  const reference = named(`${denial.kind}Binding`, denial.binding)?.paramRef;
  if (!NO_PARAMETER.test(message) || !kind || !reference) return [];
  if (!reference.name) return [`any ${kind} that its selector admits`];
  return [`${kind} ${reference.namespace ? `${reference.namespace}/` : ''}${reference.name}`];
}
