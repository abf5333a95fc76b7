import { create, kubectl, waitUntil } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { IN_KUBEVIRT, loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const API = 'admissionregistration.k8s.io/v1';
const POLICY = 'limit-host-ports';

/** A policy of the API server itself reads its limits from a ConfigMap that was deleted, and so denies every pod. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'vap-denied' },
  async break(cluster) {
    const pods = { apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] };
    await create(
      cluster,
      {
        apiVersion: API,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: POLICY },
        spec: {
          paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
          matchConstraints: { resourceRules: [pods] },
          validations: [{ expression: "!has(object.spec.hostNetwork) || params.data['host'] == 'allowed'" }],
        },
      },
      {
        apiVersion: API,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: `${POLICY}-everywhere` },
        spec: {
          policyName: POLICY,
          paramRef: { name: 'host-limits', namespace: 'kube-system', parameterNotFoundAction: 'Deny' },
          validationActions: ['Deny'],
        },
      },
    );
    await waitUntil('the policy refuses pods', 30, async () => {
      const tried = ['run', 'tried', '--image=tried', '--dry-run=server', IN_KUBEVIRT];
      return kubectl(cluster, tried).then(
        () => false,
        (error: Error) => error.message.includes(POLICY),
      );
    });
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, `ValidatingAdmissionPolicy '${POLICY}'`);
  },
} satisfies Scenario;
