import { kubectl, waitUntil } from '../kubectl.ts';
import { restartKubelets } from '../kubelet.ts';
import { areUnknown, waitForSilentNode } from '../node-condition.ts';
import { CONTROL_PLANE_NODES, WORKER_NODES } from '../nodes.ts';
import { IN_KUBEVIRT, leaderOrFirstPod, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** The node of the replica that does not lead died; the replica was replaced, and the old one stays. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  waits: 70,
  repair: {
    action: 'force-delete-pod',
    named: true,
    undo: false,
    waits: 260,
    before: (cluster) => waitForSilentNode(cluster, 301),
  },
  async break(cluster) {
    const leader = await leaderOrFirstPod(cluster);
    const other = (await operatorPods(cluster)).find((pod) => pod.metadata.name !== leader);
    const [name = '', node = ''] = [other?.metadata.name, other?.spec.nodeName];
    await kubectl(cluster, ['annotate', 'node', node, 'kwok.x-k8s.io/node-']);
    await restartKubelets(
      cluster,
      [...CONTROL_PLANE_NODES, ...WORKER_NODES].filter((one) => one !== node),
    );
    await kubectl(cluster, ['delete', 'pod', name, IN_KUBEVIRT, '--wait=false']);
    const end = Date.now() + 65_000;
    await waitUntil(`node ${node} is Unknown, and pod ${name} overdue`, 150, async () => {
      return (await areUnknown(cluster, [node])) && Date.now() > end;
    });
  },
} satisfies Scenario;
