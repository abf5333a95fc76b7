import { patch } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

/** The Deployment is changed after kube-controller-manager died: nobody looks. */
export default {
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'controller-manager-down' },
  waits: 50,
  async break(cluster) {
    await stop(cluster, 'kube-controller-manager', 'SIGKILL');
    const template = { metadata: { annotations: { 'example.com/restarted': 'yes' } } };
    await patch(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT], { spec: { template } });
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 50);
  },
} satisfies Scenario;
