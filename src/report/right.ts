import type { Right } from '../model/request.ts';

/** A right as `kubectl auth can-i` names it: `list deployments.apps in namespace kubevirt`. */
export function rightText({ verb, group, resource, namespace }: Right): string {
  const place = namespace === null ? 'in all namespaces' : `in namespace ${namespace}`;
  return `${verb} ${group ? `${resource}.${group}` : resource} ${place}`;
}
