import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startComponent } from '../control-plane.ts';
import { kubectl, waitUntil } from '../kubectl.ts';
import { loseOperatorPods, operatorPods } from '../operator.ts';
import { stop } from '../processes.ts';
import type { Scenario } from '../scenario.ts';

const CONFIGURATION = {
  apiVersion: 'kubescheduler.config.k8s.io/v1',
  kind: 'KubeSchedulerConfiguration',
  clientConnection: { kubeconfig: 'kube-scheduler.kubeconfig' },
  extenders: [{ urlPrefix: 'http://127.0.0.1:1/', filterVerb: 'filter' }],
};

/** The scheduler must ask an extender, which does not answer. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'scheduler-error' },
  async break(cluster) {
    writeFileSync(join(cluster.directory, 'scheduler.json'), JSON.stringify(CONFIGURATION));
    await stop(cluster, 'kube-scheduler');
    await kubectl(cluster, ['delete', 'lease', '--namespace=kube-system', 'kube-scheduler']);
    startComponent(cluster, 'kube-scheduler', ['--config=scheduler.json']);
    await loseOperatorPods(cluster);
    await waitUntil('the scheduler fails to place two pods', 60, async () => {
      const pods = await operatorPods(cluster);
      const failed = pods.filter(({ status }) => status.conditions?.some(({ reason }) => reason === 'SchedulerError'));
      return pods.length === 2 && failed.length === 2;
    });
  },
} satisfies Scenario;
