import type { ObjectReference } from '../../model/finding.ts';
import type { ClusterRoleBinding, RoleBinding } from '../../model/kubernetes.ts';
import { list } from '../meta/list.ts';
import type { Operator } from './operator.ts';

/** Names of the release manifest (KubeVirt pkg/virt-operator/resource/generate/rbac/operator.go). */
const CLUSTER_BINDING = 'kubevirt-operator';
const BINDING = 'kubevirt-operator-rolebinding';

interface Bindings {
  operatorClusterRoleBinding?: ClusterRoleBinding | null | undefined;
  operatorRoleBinding?: RoleBinding | null | undefined;
}

/** A role or role binding of the operator that does not give it what it needs. */
export interface BrokenGrant {
  object: ObjectReference;
  isMissing: boolean;
  /** What is wrong with it. */
  fault: string;
}

/** The operator's role bindings that do not exist or are for other accounts; OLM makes bindings with names of its own. */
export function brokenBindings(seen: Bindings, operator: Operator): BrokenGrant[] {
  const { deployment } = operator;
  if (list(deployment?.metadata?.ownerReferences).some((one) => one.kind === 'ClusterServiceVersion')) return [];
  const { namespace, name } = accountOf(operator);
  const judge = (
    kind: string,
    object: Omit<ObjectReference, 'kind'>,
    read: ClusterRoleBinding | RoleBinding | null | undefined,
  ): BrokenGrant[] => {
    if (read === undefined) return [];
    if (read === null) return [{ object: { kind, ...object }, isMissing: true, fault: 'not found' }];
    const isNamed = list(read.subjects).some((one) => names(one, namespace ?? '', name));
    const fault = `does not name ServiceAccount ${name} of namespace ${namespace}`;
    return isNamed ? [] : [{ object: { kind, ...object }, isMissing: false, fault }];
  };
  return [
    ...judge('ClusterRoleBinding', { namespace: null, name: CLUSTER_BINDING }, seen.operatorClusterRoleBinding),
    ...judge('RoleBinding', { namespace, name: BINDING }, seen.operatorRoleBinding),
  ];
}

/** The ServiceAccount that operator pods run as. */
export function accountOf({ deployment }: Operator): ObjectReference {
  const name = deployment?.spec?.template?.spec?.serviceAccountName || 'default';
  return { kind: 'ServiceAccount', namespace: deployment?.metadata?.namespace ?? null, name };
}

type Subject = NonNullable<NonNullable<RoleBinding['subjects']>[number]>;

/** Whether a subject is that ServiceAccount, by itself, by its user name or by a group (Kubernetes 1.36 apiserver pkg/authentication/serviceaccount/util.go). */
function names(subject: Subject, namespace: string, account: string): boolean {
  const groups = ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${namespace}`];
  switch (subject.kind) {
    case 'User':
      return subject.name === `system:serviceaccount:${namespace}:${account}`;
    case 'Group':
      return groups.includes(subject.name ?? '');
    default:
      return subject.name === account && subject.namespace === namespace;
  }
}
