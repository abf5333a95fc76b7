import type { KubernetesObject } from '../model/kubernetes.ts';

type Matcher = (object: KubernetesObject) => boolean;

/**
 * A label selector as the API server reads it: `a=b`, `a==b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a`, `!a`, `a>1`, `a<1`
 * (apimachinery pkg/labels/selector.go). An empty one matches everything.
 */
export function labelMatcher(selector: string): Matcher {
  const requirements = splitOutsideParentheses(selector).map(labelRequirement);
  return (object) => {
    const own: unknown = object.metadata?.labels;
    const labels = typeof own === 'object' && own !== null ? { ...own } : {};
    return requirements.every((matches) => matches(labels));
  };
}

type LabelRequirement = (labels: Record<string, unknown>) => boolean;

function labelRequirement(text: string): LabelRequirement {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(text);
  if (set) {
    const [, key = '', operator, values = ''] = set;
    const wanted = values.split(',').map((value) => value.trim());
    return (labels) => wanted.includes(String(labels[key] ?? ABSENT)) === (operator === 'in');
  }
  const pair = /^([^=!<>\s]+)\s*(==|=|!=|>|<)\s*(.*)$/.exec(text);
  if (!pair) return text.startsWith('!') ? (labels) => !(text.slice(1).trim() in labels) : (labels) => text in labels;
  const [, key = '', operator, value = ''] = pair;
  if (operator === '>') return (labels) => key in labels && Number(labels[key]) > Number(value);
  if (operator === '<') return (labels) => key in labels && Number(labels[key]) < Number(value);
  return (labels) => (labels[key] === value) === (operator !== '!=');
}

/** No label value can hold a space. */
const ABSENT = ' ';

/** A field selector: `=`, `==` and `!=` on any field path, as in `spec.nodeName=cp-0,status.phase!=Failed`. A missing field equals the empty text. */
export function fieldMatcher(selector: string): Matcher {
  const requirements = selector
    .split(',')
    .filter((part) => part !== '')
    .map((part) => /^([^=!]+)(==|=|!=)(.*)$/.exec(part) ?? ['', part, '=', '']);
  return (object) =>
    requirements.every(([, path = '', operator, value]) => (field(object, path) === value) === (operator !== '!='));
}

function field(object: unknown, path: string): string {
  const value = path.split('.').reduce<unknown>((inner, key) => {
    return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined;
  }, object);
  return value === undefined || value === null ? '' : String(value);
}

function splitOutsideParentheses(selector: string): string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
