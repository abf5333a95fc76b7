import { kubectl, patch } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, startOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const WEBHOOK = ['validatingwebhookconfiguration', 'virt-operator-validator'];

/** Someone removed KubeVirt's resource type with force; the operator was restarted since, and waits for it. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'kubevirt-crd-missing' },
  waits: 50,
  async break(cluster) {
    await kubectl(cluster, ['delete', ...WEBHOOK]);
    await patch(cluster, ['kubevirt', 'kubevirt', IN_KUBEVIRT], { metadata: { finalizers: null } });
    await kubectl(cluster, ['delete', 'crd', 'kubevirts.kubevirt.io']);
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
  },
} satisfies Scenario;
