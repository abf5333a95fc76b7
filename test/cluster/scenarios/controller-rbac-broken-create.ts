import { get, patch } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const ROLE = ['clusterrole', 'system:controller:replicaset-controller'];

/** Someone took the right to create pods out of the ReplicaSet controller's role: it can still say so. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'controller-rbac-broken' },
  async break(cluster) {
    const role = await get<{ rules: { verbs: string[]; resources: string[] }[] }>(cluster, ROLE);
    const rules = role?.rules.map((rule) =>
      rule.resources.includes('pods') ? { ...rule, verbs: rule.verbs.filter((verb) => verb !== 'create') } : rule,
    );
    await patch(cluster, ROLE, { rules });
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'cannot create resource "pods"');
  },
} satisfies Scenario;
