import type { KubernetesObject } from '../model/kubernetes.ts';

/** What the path of a request names. `namespace: null` is the cluster scope or all namespaces; `name: null` asks for a list. */
export interface ResourcePath {
  group: string;
  version: string;
  resource: string;
  namespace: string | null;
  name: string | null;
}

/** Reads a path such as `/apis/apps/v1/namespaces/kubevirt/deployments/virt-operator`; null when it names no resource (`/version`, a subresource). */
export function parsePath(path: string): ResourcePath | null {
  const [root, ...parts] = path.split('/').slice(1).map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return null;
  const group = root === 'apis' ? (parts.shift() ?? '') : '';
  const version = parts.shift() ?? '';
  const namespaced = parts[0] === 'namespaces' && parts.length > 2;
  const namespace = namespaced ? (parts[1] ?? null) : null;
  const [resource, name, ...rest] = namespaced ? parts.slice(2) : parts;
  if (!resource || rest.length > 0) return null;
  return { group, version, resource, namespace, name: name ?? null };
}

/** `group/resource` of an object, as in `apps/deployments`; the core group is empty. */
export function resourceOf(object: KubernetesObject): string {
  const apiVersion = object.apiVersion ?? '';
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return `${group}/${plural(object.kind ?? '')}`;
}

/** The plural as the API server forms it (apimachinery pkg/api/meta/restmapper.go UnsafeGuessKindToResource). */
function plural(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  if (word.endsWith('s')) return `${word}es`;
  if (word.endsWith('y')) return `${word.slice(0, -1)}ies`;
  return `${word}s`;
}

/** Whether a group can only exist through a CustomResourceDefinition (or an aggregated server). */
export function isCustomGroup(group: string): boolean {
  return group.includes('.') && !group.endsWith('.k8s.io');
}
