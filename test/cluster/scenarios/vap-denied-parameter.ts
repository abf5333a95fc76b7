import { denyByPolicy, NEW_PODS, waitUntilPodsAreDenied } from '../deny-policy.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const POLICY = 'limit-host-ports';

/** A policy of the API server itself reads its limits from a ConfigMap that was deleted, and so denies every pod. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'vap-denied' },
  async break(cluster) {
    await denyByPolicy(cluster, {
      policy: POLICY,
      rule: NEW_PODS,
      expression: "!has(object.spec.hostNetwork) || params.data['host'] == 'allowed'",
      parameter: 'host-limits',
    });
    await waitUntilPodsAreDenied(cluster, POLICY);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, `ValidatingAdmissionPolicy '${POLICY}'`);
  },
} satisfies Scenario;
