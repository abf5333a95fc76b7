import { create, kubectl, waitUntil } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { IN_KUBEVIRT, loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const API = 'admissionregistration.k8s.io/v1';
const POLICY = 'require-team-label';

/** A policy of the API server itself wants a label that the operator's pods lack. */
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
          matchConstraints: { resourceRules: [pods] },
          validations: [{ expression: "has(object.metadata.labels) && 'team' in object.metadata.labels" }],
        },
      },
      {
        apiVersion: API,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name: `${POLICY}-everywhere` },
        spec: { policyName: POLICY, validationActions: ['Deny'] },
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
