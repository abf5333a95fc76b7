import { kubectl, waitUntil } from '../kubectl.ts';
import { restartKubelets } from '../kubelet.ts';
import { CONTROL_PLANE_NODES, WORKER_NODES } from '../nodes.ts';
import { loseOperatorPods, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const [ONE = '', ...OTHERS] = CONTROL_PLANE_NODES;

/** While the other nodes were cordoned both pods came to one node, and then that node died. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'node-kubelet-stopped' },
  waits: 55,
  async break(cluster) {
    await kubectl(cluster, ['cordon', ...OTHERS]);
    await loseOperatorPods(cluster);
    await waitUntil(`both operator pods are Ready on ${ONE}`, 60, async () => {
      const pods = await operatorPods(cluster);
      return pods.length === 2 && pods.every((pod) => pod.spec.nodeName === ONE && pod.status.phase === 'Running');
    });
    await kubectl(cluster, ['uncordon', ...OTHERS]);
    await kubectl(cluster, ['annotate', 'node', ONE, 'kwok.x-k8s.io/node-']);
    await restartKubelets(cluster, [...OTHERS, ...WORKER_NODES]);
    await waitUntil(`no operator pod on ${ONE} is Ready`, 120, async () => {
      const pods = await operatorPods(cluster);
      return pods.every((pod) => pod.status.conditions?.some((one) => one.type === 'Ready' && one.status === 'False'));
    });
  },
} satisfies Scenario;
