import type { NodeOverview } from '../../model/evidence.ts';
import type { PodSpec } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { nodesWithRole, roleOfLabel } from './node-affinity.ts';

/** Selectors for one list of nodes; an empty text selects all. */
export interface NodeSelector {
  labelSelector: string;
  fieldSelector: string;
}

interface Requirement {
  key?: string | null;
  operator?: string | null;
  values?: (string | null)[] | null;
}

/**
 * The nodes that a pod's nodeSelector and required node affinity admit, as selectors for the API server. Affinity terms are
 * alternatives: a node qualifies when any of the selectors matches it (Kubernetes 1.36 component-helpers scheduling/corev1/nodeaffinity).
 * One that asks for a role that no node has is left out, unless nothing else is left.
 */
export function nodeSelectors(spec: PodSpec | null | undefined, overview: NodeOverview | null): NodeSelector[] {
  const always = Object.entries(spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`);
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return [{ labelSelector: always.join(','), fieldSelector: '' }];
  const terms = list(required.nodeSelectorTerms).filter(
    (term) => list(term.matchExpressions).length + list(term.matchFields).length > 0,
  );
  const possible = terms.filter((term) => list(term.matchExpressions).every((one) => mayMatch(one, overview)));
  return (possible.length > 0 ? possible : terms.slice(0, 1)).map((term) => ({
    labelSelector: [...always, ...list(term.matchExpressions).map(labelRequirement)].join(','),
    fieldSelector: list(term.matchFields).map(fieldRequirement).join(','),
  }));
}

/** Only an overview of all nodes tells that none has a role. */
function mayMatch({ key, operator }: Requirement, overview: NodeOverview | null): boolean {
  const role = operator === 'Exists' ? roleOfLabel(key) : null;
  if (role === null || overview === null || overview.nodes.length < overview.total) return true;
  return nodesWithRole(overview, [role]).length > 0;
}

function labelRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return `${key} in (${list(values).join(',')})`;
    case 'NotIn':
      return `${key} notin (${list(values).join(',')})`;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key}>${list(values)[0]}`;
    case 'Lt':
      return `${key}<${list(values)[0]}`;
    default:
      return `${key}`;
  }
}

function fieldRequirement({ key, operator, values }: Requirement): string {
  return `${key}${operator === 'NotIn' ? '!=' : '='}${list(values)[0]}`;
}
