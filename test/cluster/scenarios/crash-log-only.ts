import { crashOperatorContainers } from '../kubelet.ts';
import { crashEvents } from '../kubelet-events.ts';
import { waitForWaiting } from '../observe.ts';
import { crashForReal, operatorKubeconfig, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The address at which pods reach the API server; nothing forwards it here. */
const SERVICE_ADDRESS = 'https://10.96.0.1:443';

/** The pods' network no longer leads to the API server, and as with KubeVirt before 1.6 only the log says so. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'crash-api-unreachable' },
  async break(cluster) {
    await stopOperator(cluster);
    const crash = await crashForReal(cluster, await operatorKubeconfig(cluster, SERVICE_ADDRESS));
    await crashOperatorContainers(cluster, { ...crash, leavesMessage: false });
    await waitForWaiting(cluster, 'CrashLoopBackOff', 2);
    await crashEvents(cluster);
  },
} satisfies Scenario;
