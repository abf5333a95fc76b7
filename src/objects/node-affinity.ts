import type { Node, PodSpec } from '../model/kubernetes.ts';
import { list } from './list.ts';

interface Requirement {
  key?: string | null;
  operator?: string | null;
  values?: (string | null)[] | null;
}

/**
 * Whether a pod's nodeSelector and required node affinity admit a node
 * (Kubernetes 1.36 component-helpers/scheduling/corev1/nodeaffinity). Taints and room are other questions.
 */
export function admitsNode(pod: PodSpec | null | undefined, node: Node): boolean {
  const labels = node.metadata?.labels ?? {};
  if (Object.entries(pod?.nodeSelector ?? {}).some(([key, value]) => labels[key] !== value)) return false;
  const required = pod?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return true;
  const fields = { 'metadata.name': node.metadata?.name };
  return list(required.nodeSelectorTerms).some((term) => {
    const expressions = list(term.matchExpressions);
    const matchFields = list(term.matchFields);
    if (expressions.length + matchFields.length === 0) return false;
    return expressions.every((one) => matches(one, labels)) && matchFields.every((one) => matches(one, fields));
  });
}

function matches(requirement: Requirement, labels: Readonly<Record<string, string | null | undefined>>): boolean {
  const value = labels[requirement.key ?? ''];
  const values = list(requirement.values);
  const present = value !== undefined && value !== null;
  switch (requirement.operator) {
    case 'In':
      return present && values.includes(value);
    case 'NotIn':
      return !present || !values.includes(value);
    case 'Exists':
      return present;
    case 'DoesNotExist':
      return !present;
    case 'Gt':
      return integer(value) > integer(values[0]);
    case 'Lt':
      return integer(value) < integer(values[0]);
    default:
      return false;
  }
}

/** NaN, which compares with nothing, unless the text is a whole number. */
function integer(text: string | null | undefined): number {
  return /^[+-]?\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
}

/** Label keys whose mere presence the required affinity asks for: the node roles that the operator wants. */
export function wantedRoles(pod: PodSpec | null | undefined): string[] {
  const terms = list(pod?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms);
  const keys = terms.flatMap((term) => list(term.matchExpressions).filter((one) => one.operator === 'Exists'));
  return [...new Set(keys.flatMap((one) => (one.key ? [one.key] : [])))];
}
