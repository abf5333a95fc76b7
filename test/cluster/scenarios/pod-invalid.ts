import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import { startPodWebhook } from '../webhook.ts';

/** A service mesh's injector adds a container without an image to every pod. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'pod-invalid' },
  async break(cluster) {
    await startPodWebhook(cluster, 'inject', 'inject.mesh.example.com');
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'is invalid: spec.containers[1].image: Required value');
  },
} satisfies Scenario;
