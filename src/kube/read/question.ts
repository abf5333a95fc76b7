import type { ApiRequest, Right } from '../../model/request.ts';
import { shell } from '../../objects/meta/shell.ts';

/** A kind of object as the API server serves it; `word` is what one types for a single one. */
export interface Resource {
  group: string;
  version: string;
  resource: string;
  word: string;
  namespaced: boolean;
}

/** One request, the right it needs, and the kubectl line that asks the same. */
export interface Question {
  request: ApiRequest;
  right: Right | null;
  command: string;
}

export interface ListOptions {
  /** `null` lists all namespaces, or a resource that has none. */
  namespace: string | null;
  limit: number;
  labelSelector?: string;
  fieldSelector?: string;
  /** The token of a list that was cut short: what comes after it. */
  after?: string;
  form?: 'metadata' | 'table';
}

/** Asks for one object; `namespace: null` for a resource without namespaces. */
export function get(of: Resource, namespace: string | null, name: string, form?: 'metadata'): Question {
  return {
    request: { path: `${pathOf(of, namespace)}/${encodeURIComponent(name)}`, ...(form && { form }) },
    right: rightTo('get', of, namespace),
    command: words([shell`kubectl get ${of.word} ${name}`, namespace !== null && shell`-n ${namespace}`, '-o yaml']),
  };
}

/** Asks for the objects that the selectors match, `limit` at most. */
export function list(of: Resource, options: ListOptions): Question {
  const { namespace, limit, labelSelector, fieldSelector, after, form } = options;
  const query = {
    limit: String(limit),
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
    ...(after && { continue: after }),
  };
  return {
    request: { path: pathOf(of, namespace), query, ...(form && { form }) },
    right: rightTo('list', of, namespace),
    command: words([
      'kubectl get',
      of.resource,
      of.namespaced && (namespace === null ? '-A' : shell`-n ${namespace}`),
      labelSelector && shell`-l ${labelSelector}`,
      fieldSelector && shell`--field-selector ${fieldSelector}`,
    ]),
  };
}

/** How much of a log is wanted, and how long it may take. */
export interface LogBounds {
  /** How many of its last lines; null is all. */
  tail: number | null;
  limitBytes: number;
  sinceSeconds?: number | null;
  withinMs?: number;
}

/** Asks for the end of what a container logged, in its present run or in the one before. */
export function containerLog(
  namespace: string,
  { pod, container, previous }: { pod: string; container: string; previous: boolean },
  { tail, limitBytes, sinceSeconds, withinMs }: LogBounds,
): Question {
  const bounds = {
    ...(tail !== null && { tailLines: String(tail) }),
    limitBytes: String(limitBytes),
    ...(sinceSeconds && { sinceSeconds: String(sinceSeconds) }),
  };
  const query = { container, ...(previous && { previous: 'true' }), ...bounds };
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/log`;
  return {
    request: { path, query, form: 'text', ...(withinMs && { withinMs }) },
    right: { verb: 'get', group: '', resource: 'pods/log', namespace },
    command: words([
      shell`kubectl logs ${pod} -n ${namespace} -c ${container}`,
      previous && '--previous',
      `--tail=${tail ?? -1} --limit-bytes=${limitBytes}`,
      !!sinceSeconds && `--since=${sinceSeconds}s`,
    ]),
  };
}

function rightTo(verb: string, { group, resource }: Resource, namespace: string | null): Right {
  return { verb, group, resource, namespace };
}

function pathOf({ group, version, resource }: Resource, namespace: string | null): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespace === null ? `${root}/${resource}` : `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}

function words(parts: (string | undefined | false)[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
}
