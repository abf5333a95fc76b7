import type { KubernetesObject } from '../model/kubernetes.ts';

/** The order in which the server lists: that of the keys in etcd. */
export function byKey(a: KubernetesObject, b: KubernetesObject): number {
  const [one, other] = [keyIn(null, a), keyIn(null, b)];
  return Number(one > other) - Number(one < other);
}

/** The token with which a list of this namespace goes on behind an object (Kubernetes 1.36 apiserver pkg/storage/continue.go). */
export function tokenBehind(object: KubernetesObject | undefined, namespace: string | null): string {
  const token = { v: 'meta.k8s.io/v1', rv: 1, start: `${object ? keyIn(namespace, object) : ''}\0` };
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** The objects of a list at which the token goes on; all of them without a token. */
export function from(token: string, objects: KubernetesObject[], namespace: string | null): KubernetesObject[] {
  if (token === '') return objects;
  const { start } = JSON.parse(Buffer.from(token, 'base64url').toString()) as { start: string };
  return objects.filter((object) => keyIn(namespace, object) >= start);
}

function keyIn(listed: string | null, { metadata }: KubernetesObject): string {
  const [namespace, name] = [metadata?.namespace ?? '', metadata?.name ?? ''];
  return listed === null && namespace !== '' ? `${namespace}/${name}` : name;
}
