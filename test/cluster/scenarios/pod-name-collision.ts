import { create } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import { startPodWebhook } from '../webhook.ts';

/** A webhook gives all pods one name, and another pod has it. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'pod-name-collision' },
  async break(cluster) {
    await create(cluster, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'virt-operator-0', namespace: 'kubevirt' },
      spec: { containers: [{ name: 'debug', image: 'registry.example.com/debug:1' }] },
    });
    await startPodWebhook(cluster, 'rename', 'names.example.com');
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'already exists');
  },
} satisfies Scenario;
