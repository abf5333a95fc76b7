import { kubectl, waitUntil } from '../kubectl.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, operatorPods, readyCount, startOperator, waitForLeader } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import cordoned from './cordoned.ts';

/** The operator was down, for its nodes were cordoned, and has just come back. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await cordoned.break(cluster);
    const isDown = ['--for=condition=Available=False', 'deployment/virt-operator', IN_KUBEVIRT, '--timeout=60s'];
    await kubectl(cluster, ['wait', ...isDown]);
    await kubectl(cluster, ['uncordon', ...CONTROL_PLANE_NODES]);
    await waitUntil('two operator pods are Ready', 60, async () => readyCount(await operatorPods(cluster)) === 2);
    await startOperator(cluster, await leaderOrFirstPod(cluster));
    await waitForLeader(cluster);
  },
} satisfies Scenario;
