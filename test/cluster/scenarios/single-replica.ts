import { kubectl, waitUntil } from '../kubectl.ts';
import {
  IN_KUBEVIRT,
  leaderOrFirstPod,
  operatorPods,
  startOperator,
  stopOperator,
  waitForLeader,
} from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Somebody saved a replica. */
export default {
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await stopOperator(cluster);
    await kubectl(cluster, ['scale', 'deployment/virt-operator', '--replicas=1', IN_KUBEVIRT]);
    await waitUntil('one pod is left', 60, async () => (await operatorPods(cluster)).length === 1);
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitForLeader(cluster, 1);
  },
} satisfies Scenario;
