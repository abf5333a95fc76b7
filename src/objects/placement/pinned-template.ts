import type { Mitigation } from '../../model/finding.ts';
import type { Deployment } from '../../model/kubernetes.ts';
import { nameOf } from '../meta/reference.ts';
import { shell } from '../meta/shell.ts';

/** The node that a Deployment's template binds all its pods to, past the scheduler; null where the scheduler chooses. */
export function pinnedNode(deployment: Deployment | null): string | null {
  return deployment?.spec?.template?.spec?.nodeName || null;
}

/** Leaves the choice of a node to the scheduler again. */
export function unpin(deployment: Deployment | null): Mitigation {
  const namespace = deployment?.metadata?.namespace ?? '';
  const patch = '[{"op":"remove","path":"/spec/template/spec/nodeName"}]';
  return {
    action: 'unbind-template',
    automatic: false,
    command: shell`kubectl -n ${namespace} patch deployment/${nameOf(deployment)} --type=json -p ${patch}`,
  };
}
