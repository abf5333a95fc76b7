import type { ClusterRole, ClusterRoleBinding } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import { isAllowed, type Permission } from '../meta/policy-rule.ts';
import { nameOf } from '../meta/reference.ts';
import type { Operator } from '../operator/operator.ts';

const REPLICA_SET = 'replicaset-controller';
const DEPLOYMENT = 'deployment-controller';

/** What each controller must be able to do, by its bootstrap role (Kubernetes 1.36 plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go). */
const DUTIES: Record<string, Permission[]> = {
  [REPLICA_SET]: [
    { verb: 'create', group: '', resource: 'pods' },
    { verb: 'list', group: '', resource: 'pods' },
    { verb: 'list', group: 'apps', resource: 'replicasets' },
    { verb: 'update', group: 'apps', resource: 'replicasets/finalizers' },
  ],
  [DEPLOYMENT]: [
    { verb: 'create', group: 'apps', resource: 'replicasets' },
    { verb: 'update', group: 'apps', resource: 'replicasets' },
    { verb: 'list', group: 'apps', resource: 'deployments' },
    { verb: 'update', group: 'apps', resource: 'deployments/finalizers' },
  ],
};

/** The controllers that should have made what the operator lacks: pods that a ReplicaSet owes, a ReplicaSet of the present template, or one that is asked for pods at all. */
export function idleControllers(operator: Operator): string[] {
  const { deployment, current, uncreated, replicaSets } = operator;
  if (!deployment || operator.desired === 0 || deployment.metadata?.deletionTimestamp) return [];
  const owed = uncreated > 0 && replicaSets.some((one) => !one.metadata?.deletionTimestamp);
  const unmade = current === null && deployment.spec?.paused !== true;
  const unscaled = current !== null && replicaSets.every((one) => one.spec?.replicas === 0);
  return [...(owed ? [REPLICA_SET] : []), ...(unmade || unscaled ? [DEPLOYMENT] : [])];
}

/** The name of a controller's ClusterRole, its ClusterRoleBinding and part of its ServiceAccount's. */
export function controllerRole(controller: string): string {
  return `system:controller:${controller}`;
}

export interface BrokenRight {
  controller: string;
  kind: 'ClusterRole' | 'ClusterRoleBinding';
  /** What is wrong with that object. */
  fault: string;
}

/** What keeps these controllers from their duties, the first fault of each. */
export function brokenRights(
  controllers: readonly string[],
  rights: readonly (ClusterRole | ClusterRoleBinding)[],
): BrokenRight[] {
  return controllers.flatMap((controller): BrokenRight[] => {
    const named = rights.filter((one) => nameOf(one) === controllerRole(controller));
    const binding = named.find((one): one is ClusterRoleBinding => one.kind === 'ClusterRoleBinding');
    const role = named.find((one): one is ClusterRole => one.kind === 'ClusterRole');
    if (!binding) return [{ controller, kind: 'ClusterRoleBinding', fault: 'not found' }];
    const subjects = list(binding.subjects);
    const isSubject = subjects.some((one) => one.kind === 'ServiceAccount' && one.name === controller);
    if (!isSubject)
      return [{ controller, kind: 'ClusterRoleBinding', fault: `does not name ServiceAccount ${controller}` }];
    if (!role) return [{ controller, kind: 'ClusterRole', fault: 'not found' }];
    const missing = (DUTIES[controller] ?? []).find((duty) => !isAllowed(role.rules, duty));
    return missing
      ? [{ controller, kind: 'ClusterRole', fault: `does not allow to ${missing.verb} ${missing.resource}` }]
      : [];
  });
}
