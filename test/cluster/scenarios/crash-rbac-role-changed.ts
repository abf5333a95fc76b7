import { get, patch } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

interface Role {
  rules: { apiGroups: string[]; verbs: string[] }[];
}

/** Somebody made the operator's Role read-only for leases: its bindings are sound, and no pod can renew the lease. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-rbac' },
  waits: 55,
  async break(cluster) {
    const role = await get<Role>(cluster, ['role', 'kubevirt-operator', IN_KUBEVIRT]);
    const rules = role?.rules.map((rule) =>
      rule.apiGroups.includes('coordination.k8s.io') ? { ...rule, verbs: ['get', 'list', 'watch'] } : rule,
    );
    await patch(cluster, ['role', 'kubevirt-operator', IN_KUBEVIRT], { rules });
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
  },
} satisfies Scenario;
