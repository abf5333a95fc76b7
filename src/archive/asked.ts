import type { ApiRequest } from '../model/request.ts';
import { parsePath } from './resource.ts';

/** What decides which objects a request brings: its path, its selectors and its form, as one URL. How many it may bring does not. */
export function askedUrl({ path, query, form }: ApiRequest): string {
  const selectors = ['labelSelector', 'fieldSelector'].flatMap((name) => (query?.[name] ? [[name, query[name]]] : []));
  const parameters = new URLSearchParams([...selectors, ...(form && form !== 'object' ? [['as', form]] : [])]);
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}

/** Whether a request of those URLs brought all that this one would: the same objects, or a list that has them in it. */
export function isAsked(urls: readonly string[], request: ApiRequest): boolean {
  const wanted = parts(askedUrl(request));
  return urls.some((url) => covers(parts(url), wanted));
}

interface Parts {
  path: string;
  selectors: string;
  form: string;
}

function parts(url: string): Parts {
  const [path = '', query] = url.split('?');
  const parameters = new URLSearchParams(query);
  const form = parameters.get('as') ?? 'object';
  parameters.delete('as');
  return { path, selectors: String(parameters), form };
}

function covers(asked: Parts, wanted: Parts): boolean {
  if (asked.form !== wanted.form && asked.form !== 'object') return false;
  if (asked.selectors !== '' && asked.selectors !== wanted.selectors) return false;
  return asked.path === wanted.path || isWithin(asked.path, wanted.path);
}

/** Whether a list at `outer` holds what `inner` names: one of its objects, or those of one namespace. */
function isWithin(outer: string, inner: string): boolean {
  const [list, one] = [parsePath(outer), parsePath(inner)];
  if (!list || !one || list.name !== null) return false;
  const isSameKind = list.group === one.group && list.version === one.version && list.resource === one.resource;
  return isSameKind && (list.namespace === null || list.namespace === one.namespace);
}
