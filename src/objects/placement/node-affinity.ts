import type { NodeOverview } from '../../model/evidence.ts';
import type { Node, PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';

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

const ROLE = 'node-role.kubernetes.io/';

/** The node roles, such as `control-plane`, of which the required affinity asks for one. */
export function wantedRoles(pod: PodSpec | null | undefined): string[] {
  const terms = list(pod?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms);
  const keys = terms.flatMap((term) => list(term.matchExpressions).filter((one) => one.operator === 'Exists'));
  return [...new Set(keys.flatMap(({ key }) => roleOfLabel(key) ?? []))];
}

/** KubeVirt's own node selector. */
export const OS_LABEL = 'kubernetes.io/os';

/** Whether all that a pod asks of a node is one of some roles, and the operating system. */
export function asksForRoleAlone(pod: PodSpec | null | undefined): boolean {
  const terms = list(pod?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms);
  const asked = terms.flatMap((term) => [...list(term.matchExpressions), ...list(term.matchFields)]);
  const selected = Object.keys(pod?.nodeSelector ?? {}).filter((key) => key !== OS_LABEL);
  return selected.length === 0 && asked.length > 0 && asked.every(({ key }) => roleOfLabel(key) !== null);
}

/** The role that a label gives a node; null for any other label. */
export function roleOfLabel(label: string | null | undefined): string | null {
  return typeof label === 'string' && label.startsWith(ROLE) ? label.slice(ROLE.length) : null;
}

/** The label of a node role. */
export function roleLabel(role: string): string {
  return `${ROLE}${role}`;
}

/** The nodes that have one of these roles; all of them when no role is wanted. */
export function nodesWithRole(overview: NodeOverview | null | undefined, roles: readonly string[]): string[] {
  const fits = (node: NodeOverview['nodes'][number]) => node.roles.split(',').some((role) => roles.includes(role));
  return list(overview?.nodes)
    .filter((node) => roles.length === 0 || fits(node))
    .map(({ name }) => name);
}

/** What a node lacks to be admitted, as selectors are written: its node selector, and of the affinity's terms the one that lacks least. */
export function missingLabels(pod: PodSpec | null | undefined, node: Node): string[] {
  const labels = node.metadata?.labels ?? {};
  const selected = Object.entries(pod?.nodeSelector ?? {}).filter(([key, value]) => labels[key] !== value);
  const required = pod?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const fields = { 'metadata.name': node.metadata?.name };
  const lacks = list(required?.nodeSelectorTerms).map((term) => [
    ...list(term.matchExpressions).filter((one) => !matches(one, labels)),
    ...list(term.matchFields).filter((one) => !matches(one, fields)),
  ]);
  const [least = []] = lacks.toSorted((a, b) => a.length - b.length);
  return [...selected.map(([key, value]) => `${key}=${value}`), ...least.map(requirementText)];
}

const TERMS =
  '/spec/template/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms';

/**
 * What each term of the required affinity of a pod template does not find on a node, as places in its Deployment, the last first: those
 * before it stay where they are when one is taken out. `isAll`: nothing of the term would be left.
 */
export function unmetTerms(template: PodSpec | null | undefined, node: Node): { places: string[]; isAll: boolean }[] {
  const terms = template?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const fields = { 'metadata.name': node.metadata?.name };
  return list(terms).map((term, index) => {
    const unmet = (name: 'matchExpressions' | 'matchFields', has: Parameters<typeof matches>[1]) =>
      list(term[name])
        .flatMap((one, at) => (matches(one, has) ? [] : [`${TERMS}/${index}/${name}/${at}`]))
        .reverse();
    const places = [...unmet('matchExpressions', node.metadata?.labels ?? {}), ...unmet('matchFields', fields)];
    return { places, isAll: places.length === list(term.matchExpressions).length + list(term.matchFields).length };
  });
}

function requirementText({ key: name, operator, values }: Requirement): string {
  const key = name ?? '<none>';
  if (operator === 'Exists' || operator === 'DoesNotExist') return `${operator === 'Exists' ? '' : '!'}${key}`;
  return `${key} ${operator ?? '<none>'} (${list(values).join(', ')})`;
}
