import { denyByPolicy, NEW_PODS, waitUntilPodsAreDenied } from '../deny-policy.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const POLICY = 'require-team-label';

/** A policy of the API server itself wants a label that the operator's pods lack. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'vap-denied' },
  async break(cluster) {
    await denyByPolicy(cluster, {
      policy: POLICY,
      rule: NEW_PODS,
      expression: "has(object.metadata.labels) && 'team' in object.metadata.labels",
    });
    await waitUntilPodsAreDenied(cluster, POLICY);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, `ValidatingAdmissionPolicy '${POLICY}'`);
  },
} satisfies Scenario;
