import { kubectl, patch } from '../kubectl.ts';
import { waitForEvents } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The namespace enforces the restricted standard, which the operator's pods meet until an upgrade asks for the host's network. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'podsecurity-denied' },
  repair: { action: 'roll-back', undo: true, keepsPods: true },
  async break(cluster) {
    const label = 'pod-security.kubernetes.io/enforce=restricted';
    await kubectl(cluster, ['label', 'namespace', 'kubevirt', label, '--overwrite']);
    const onHost = { spec: { template: { spec: { hostNetwork: true } } } };
    await patch(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT], onHost);
    await waitForEvents(cluster, 'FailedCreate', 1);
  },
} satisfies Scenario;
