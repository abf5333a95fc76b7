import type { Cluster } from './cluster.ts';
import { create, kubectl, waitUntil } from './kubectl.ts';
import { IN_KUBEVIRT } from './operator.ts';

const API = 'admissionregistration.k8s.io/v1';

/** What a ValidatingAdmissionPolicy that denies is asked about, and wants. */
interface Denial {
  policy: string;
  rule: { apiGroups: string[]; apiVersions: string[]; resources: string[]; operations: string[] };
  expression: string;
  /** The ConfigMap of kube-system that it reads its parameters from. */
  parameter?: string;
}

/** New pods. */
export const NEW_PODS = { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] };

/** Makes a policy of the API server itself, and a binding that denies in every namespace. */
export function denyByPolicy(cluster: Cluster, { policy, rule, expression, parameter }: Denial): Promise<unknown> {
  const paramKind = { apiVersion: 'v1', kind: 'ConfigMap' };
  const paramRef = { name: parameter, namespace: 'kube-system', parameterNotFoundAction: 'Deny' };
  return create(
    cluster,
    {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: policy },
      spec: {
        ...(parameter && { paramKind }),
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression }],
      },
    },
    {
      apiVersion: API,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: `${policy}-everywhere` },
      spec: { policyName: policy, ...(parameter && { paramRef }), validationActions: ['Deny'] },
    },
  );
}

/** Waits until the API server has taken in a policy that denies pods. */
export function waitUntilPodsAreDenied(cluster: Cluster, policy: string): Promise<void> {
  const tried = ['run', 'tried', '--image=tried', '--dry-run=server', IN_KUBEVIRT];
  return waitUntil('the policy refuses pods', 30, () =>
    kubectl(cluster, tried).then(
      () => false,
      (error: Error) => error.message.includes(policy),
    ),
  );
}
