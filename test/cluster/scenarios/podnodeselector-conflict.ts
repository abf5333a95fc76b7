import { startComponent, waitForApiServer } from '../control-plane.ts';
import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

const MANAGER = 'kube-controller-manager';
const SELECTOR = 'scheduler.alpha.kubernetes.io/node-selector=kubernetes.io/os=windows';

/** The API server adds the namespace's node selector to pods, and it contradicts the operator's own. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'podnodeselector-conflict' },
  async break(cluster) {
    await stop(cluster, MANAGER);
    await stop(cluster, 'kube-apiserver');
    startComponent(cluster, 'kube-apiserver', ['--enable-admission-plugins=PodNodeSelector']);
    await waitForApiServer(cluster);
    await kubectl(cluster, ['delete', 'lease', '--namespace=kube-system', MANAGER]);
    startComponent(cluster, MANAGER);
    await kubectl(cluster, ['annotate', 'namespace', 'kubevirt', SELECTOR]);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'conflicts with its namespace node label selector');
  },
} satisfies Scenario;
