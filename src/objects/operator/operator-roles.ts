import type { EvidenceItem } from '../../model/finding.ts';
import type { ClusterRole, ClusterRoleBinding, Lease, Role, RoleBinding } from '../../model/kubernetes.ts';
import { lastWriter, writerEvidence } from '../meta/managed-fields.ts';
import { clusterServiceVersionOf } from '../meta/owner.ts';
import { isAllowed, type Permission } from '../meta/policy-rule.ts';
import type { Operator } from './operator.ts';
import type { BrokenGrant } from './operator-bindings.ts';

/** Of both roles (KubeVirt v1.7 pkg/virt-operator/resource/generate/rbac/operator.go). */
const NAME = 'kubevirt-operator';

interface Roles {
  operatorRole?: Role | null | undefined;
  operatorClusterRole?: ClusterRole | null | undefined;
  operatorRoleBinding?: RoleBinding | null | undefined;
  operatorClusterRoleBinding?: ClusterRoleBinding | null | undefined;
  operatorLease?: Lease | null | undefined;
}

/** A role without what the operator needs to lead; `changed`: who wrote its rules. */
export interface BrokenRole extends BrokenGrant {
  changed: EvidenceItem[];
  writtenAt: string | null;
}

/**
 * The operator's roles that do not exist or do not allow what it does until it leads: list what it waits for, then take its lease
 * (KubeVirt v1.7 pkg/virt-operator/application.go Run). A binding to another role, and OLM's roles, which have other names, tell nothing.
 */
export function brokenRoles(seen: Roles, { deployment }: Operator): BrokenRole[] {
  if (clusterServiceVersionOf(deployment) !== null) return [];
  const namespace = deployment?.metadata?.namespace ?? null;
  const ofCluster = bound(seen.operatorClusterRoleBinding, seen.operatorClusterRole);
  const ofNamespace = bound(seen.operatorRoleBinding, seen.operatorRole);
  const lacking = (wanted: Permission[], roles: (Role | ClusterRole | null | undefined)[]) =>
    wanted.filter((one) => !roles.some((role) => isAllowed(role?.rules, one)));
  return [
    ...judge('ClusterRole', null, ofCluster, lacking(LISTS, [ofCluster])),
    ...judge('Role', namespace, ofNamespace, lacking(leaseRights(seen.operatorLease), [ofNamespace, ofCluster])),
  ];
}

const LISTS: Permission[] = ['list', 'watch'].flatMap((verb) => [
  { verb, group: 'kubevirt.io', resource: 'kubevirts' },
  { verb, group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' },
]);

/** What taking the lease takes (client-go v0.36 tools/leaderelection/leaderelection.go tryAcquireOrRenew); a request to create has no name. */
function leaseRights(lease: Lease | null | undefined): Permission[] {
  const lock = { group: 'coordination.k8s.io', resource: 'leases' };
  const ofOne = ['get', 'update'].map((verb) => ({ ...lock, verb, name: 'virt-operator' }));
  return lease === null ? [...ofOne, { ...lock, verb: 'create' }] : ofOne;
}

/** The role, where nothing says that its binding is to another one. */
function bound<T extends Role | ClusterRole>(
  binding: RoleBinding | ClusterRoleBinding | null | undefined,
  role: T | null | undefined,
): T | null | undefined {
  return !binding || binding.roleRef?.name === NAME ? role : undefined;
}

function judge(
  kind: string,
  namespace: string | null,
  role: Role | ClusterRole | null | undefined,
  lacking: readonly Permission[],
): BrokenRole[] {
  const object = { kind, namespace, name: NAME };
  if (role === null) return [{ object, isMissing: true, fault: 'not found', changed: [], writtenAt: null }];
  if (role === undefined || lacking.length === 0) return [];
  const writer = lastWriter(role, ['rules']);
  const changed = (writer ? writerEvidence(role, writer) : []).map(({ text, source }) => ({
    text,
    source: `${kind.toLowerCase()}/${source}`,
  }));
  return [{ object, isMissing: false, fault: faultOf(lacking), changed, writtenAt: writer?.time ?? null }];
}

/** `does not allow to get or update leases.coordination.k8s.io`. */
function faultOf(lacking: readonly Permission[]): string {
  const resources = [...new Set(lacking.map(({ resource, group }) => `${resource}.${group}`))];
  const each = resources.map((what) => {
    const verbs = lacking.filter(({ resource, group }) => `${resource}.${group}` === what).map(({ verb }) => verb);
    return `${verbs.join(' or ')} ${what}`;
  });
  return `does not allow to ${each.join(', nor to ')}`;
}
