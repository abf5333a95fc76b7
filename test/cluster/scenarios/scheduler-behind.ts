import { kubectl, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, loseOperatorPods, operatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const OTHER = 'other-scheduler';

/** A scheduler of another name refused the pods while the nodes were cordoned, and does not see that they no longer are. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'scheduler-behind' },
  async break(cluster) {
    const change = JSON.stringify({
      spec: { strategy: { type: 'Recreate', rollingUpdate: null }, template: { spec: { schedulerName: OTHER } } },
    });
    await kubectl(cluster, ['patch', 'deployment/virt-operator', '--type=merge', `--patch=${change}`, IN_KUBEVIRT]);
    await loseOperatorPods(cluster);
    await waitUntil('pods for the other scheduler', 60, async () => {
      const pods = await operatorPods(cluster);
      return pods.length === 2 && pods.every(({ spec }) => spec.nodeName === undefined);
    });
    const refused = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      lastTransitionTime: new Date(Date.now() - 900_000).toISOString(),
      message:
        "0/5 nodes are available: 2 node(s) didn't match Pod's node affinity/selector, 3 node(s) were unschedulable. preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.",
    };
    for (const { metadata } of await operatorPods(cluster)) {
      const patch = `--patch=${JSON.stringify({ status: { conditions: [refused] } })}`;
      await kubectl(cluster, ['patch', `pod/${metadata.name}`, '--subresource=status', patch, IN_KUBEVIRT]);
    }
  },
} satisfies Scenario;
