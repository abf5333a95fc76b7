import { crashAgainAndAgain } from '../crashes.ts';
import { kubectl } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { waitForUnschedulable } from '../observe.ts';
import { IN_KUBEVIRT, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const UNREACHABLE =
  'Error determining cluster type: Get "https://10.96.0.1:443/api": dial tcp 10.96.0.1:443: i/o timeout';

/** Both pods crash; the one that somebody deleted is not placed again, since all nodes are cordoned. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'cordoned' },
  async break(cluster) {
    await crashAgainAndAgain(cluster, { exitCode: 1, reason: 'Error', log: UNREACHABLE });
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    const [first] = await operatorPods(cluster);
    await kubectl(cluster, ['delete', 'pod', first?.metadata.name ?? '', IN_KUBEVIRT]);
    await waitForUnschedulable(cluster, 1, 1);
  },
} satisfies Scenario;
