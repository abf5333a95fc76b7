import { kubectl, waitUntil } from '../kubectl.ts';
import { restartKubelets } from '../kubelet.ts';
import { areUnknown } from '../node-condition.ts';
import { CONTROL_PLANE_NODES, WORKER_NODES } from '../nodes.ts';
import { operatorPods, readyCount, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The kubelets of all control-plane nodes stopped; the node lifecycle controller says so 50 seconds later. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'node-kubelet-stopped' },
  waits: 55,
  async break(cluster) {
    await kubectl(cluster, ['annotate', 'nodes', ...CONTROL_PLANE_NODES, 'kwok.x-k8s.io/node-']);
    await restartKubelets(cluster, WORKER_NODES);
    await stopOperator(cluster);
    await waitUntil('the control-plane nodes are Unknown and no operator pod is Ready', 120, async () => {
      return (await areUnknown(cluster, CONTROL_PLANE_NODES)) && readyCount(await operatorPods(cluster)) === 0;
    });
  },
} satisfies Scenario;
