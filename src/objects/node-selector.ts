import type { PodSpec } from '../model/kubernetes.ts';
import { list } from './list.ts';

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
 */
export function nodeSelectors(spec: PodSpec | null | undefined): NodeSelector[] {
  const always = Object.entries(spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`);
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return [{ labelSelector: always.join(','), fieldSelector: '' }];
  return list(required.nodeSelectorTerms)
    .filter((term) => list(term.matchExpressions).length + list(term.matchFields).length > 0)
    .map((term) => ({
      labelSelector: [...always, ...list(term.matchExpressions).map(labelRequirement)].join(','),
      fieldSelector: list(term.matchFields).map(fieldRequirement).join(','),
    }));
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
