import { patch } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const SUBJECTS = [{ kind: 'ServiceAccount', name: 'kubevirt-operator', namespace: 'kubevirt-old' }];

/** The operator's role binding was copied from another installation: it is for that one's account. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-rbac' },
  waits: 55,
  async break(cluster) {
    const binding = ['rolebinding', 'kubevirt-operator-rolebinding', IN_KUBEVIRT];
    await patch(cluster, binding, { subjects: SUBJECTS });
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
  },
} satisfies Scenario;
