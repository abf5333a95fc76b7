import { kubectl } from '../kubectl.ts';
import { crashOperatorContainers } from '../kubelet.ts';
import { crashEvents } from '../kubelet-events.ts';
import { waitForWaiting } from '../observe.ts';
import { crashForReal, IN_KUBEVIRT, operatorKubeconfig, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The ServiceAccount was deleted and made again: the running pods' token belongs to the old one. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-rbac' },
  async break(cluster) {
    const kubeconfig = await operatorKubeconfig(cluster);
    await stopOperator(cluster);
    await kubectl(cluster, ['delete', 'serviceaccount', 'kubevirt-operator', IN_KUBEVIRT]);
    await kubectl(cluster, ['create', 'serviceaccount', 'kubevirt-operator', IN_KUBEVIRT]);
    await crashOperatorContainers(cluster, await crashForReal(cluster, kubeconfig));
    await waitForWaiting(cluster, 'CrashLoopBackOff', 2);
    await crashEvents(cluster);
  },
} satisfies Scenario;
