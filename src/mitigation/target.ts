import type { Target } from '../model/action.ts';
import type { NamedRight } from '../model/change.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import { nameOf } from '../objects/meta/reference.ts';

/** The kinds that may be changed, and no others: [group, version, resource]. */
const KINDS = {
  Deployment: ['apps', 'v1', 'deployments'],
  LimitRange: ['', 'v1', 'limitranges'],
  MutatingWebhookConfiguration: ['admissionregistration.k8s.io', 'v1', 'mutatingwebhookconfigurations'],
  Namespace: ['', 'v1', 'namespaces'],
  Node: ['', 'v1', 'nodes'],
  Pod: ['', 'v1', 'pods'],
  PriorityClass: ['scheduling.k8s.io', 'v1', 'priorityclasses'],
  ReplicaSet: ['apps', 'v1', 'replicasets'],
  ResourceQuota: ['', 'v1', 'resourcequotas'],
  ServiceAccount: ['', 'v1', 'serviceaccounts'],
  ValidatingWebhookConfiguration: ['admissionregistration.k8s.io', 'v1', 'validatingwebhookconfigurations'],
} as const;
export type ChangedKind = keyof typeof KINDS;

const CLUSTER_KINDS: readonly ChangedKind[] = [
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PriorityClass',
  'ValidatingWebhookConfiguration',
];

/** Whether a resource that may be changed belongs to no namespace. */
export function isClusterResource(resource: string): boolean {
  return CLUSTER_KINDS.some((kind) => KINDS[kind][2] === resource);
}

export function isChangedKind(kind: string): kind is ChangedKind {
  return kind in KINDS;
}

/** An object that was read, as the target of a change. */
export function targetOf(kind: ChangedKind, object: KubernetesObject): Target {
  return newTarget(kind, object.metadata?.namespace ?? null, nameOf(object));
}

/** An object that need not exist yet. */
export function newTarget(kind: ChangedKind, namespace: string | null, name: string): Target {
  const [group, , resource] = KINDS[kind];
  const full = group === '' ? resource : `${resource}.${group}`;
  return {
    kind,
    resource: full,
    namespace,
    name,
    path: `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`,
  };
}

/** Where objects of a kind are created. */
export function collectionPath(kind: ChangedKind, namespace: string | null): string {
  const [group, version, resource] = KINDS[kind];
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespace === null ? `${root}/${resource}` : `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}

/** The right to do that with a target, `subresource` such as `scale`. */
export function rightTo(verb: string, { kind, namespace, name }: Target, subresource?: string): NamedRight {
  const [group, , resource] = KINDS[kind as ChangedKind];
  return { verb, group, resource: subresource ? `${resource}/${subresource}` : resource, namespace, name };
}
