import { writeKubeconfig } from '../certificates.ts';
import { restartWithPlugin } from '../control-plane.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import { startPolicyServer } from '../webhook.ts';

/** The API server asks a service about the images of each pod, and that lets the operator's not in. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'imagepolicy-denied' },
  async break(cluster) {
    await startPolicyServer(cluster, 'deny');
    const server = 'https://127.0.0.1:9443/';
    const kubeConfigFile = writeKubeconfig(cluster.directory, 'image-policy', { token: 'image-policy' }, server);
    const settings = { kubeConfigFile, allowTTL: 1, denyTTL: 1, retryBackoff: 500 };
    await restartWithPlugin(cluster, 'ImagePolicyWebhook', { imagePolicy: settings });
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'image policy webhook backend denied one or more images');
  },
} satisfies Scenario;
