import { restartApiServer } from '../control-plane.ts';
import { kubectl } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const SELECTOR = 'scheduler.alpha.kubernetes.io/node-selector=kubernetes.io/os=windows';

/** The API server adds the namespace's node selector to pods, and it contradicts the operator's own. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'podnodeselector-conflict' },
  async break(cluster) {
    await restartApiServer(cluster, ['--enable-admission-plugins=PodNodeSelector']);
    await kubectl(cluster, ['annotate', 'namespace', 'kubevirt', SELECTOR]);
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'conflicts with its namespace node label selector');
  },
} satisfies Scenario;
