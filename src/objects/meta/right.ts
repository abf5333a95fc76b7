import type { Right } from '../../model/request.ts';
import { shell } from './shell.ts';

const CLUSTER_SCOPED = [
  'clusterrolebindings',
  'clusterroles',
  'customresourcedefinitions',
  'mutatingwebhookconfigurations',
  'namespaces',
  'nodes',
  'priorityclasses',
  'runtimeclasses',
  'validatingwebhookconfigurations',
];

/** A right in the words of `kubectl auth can-i`: `list deployments.apps in namespace kubevirt`. */
export function rightText({ verb, group, resource, namespace }: Right): string {
  const what = `${verb} ${group ? `${resource}.${group}` : resource}`;
  if (namespace !== null) return `${what} in namespace ${namespace}`;
  return CLUSTER_SCOPED.includes(resource) ? what : `${what} in all namespaces`;
}

/** The question that kubectl would ask about a right. */
export function canI({ verb, group, resource, namespace }: Right): string {
  const what = shell`kubectl auth can-i ${verb} ${group ? `${resource}.${group}` : resource}`;
  if (namespace !== null) return `${what} -n ${namespace}`;
  return CLUSTER_SCOPED.includes(resource) ? what : `${what} -A`;
}
