import { get, kubectl, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import scaledToZero from './deployment-scaled-to-zero.ts';

interface APIService {
  status: { conditions: { type: string; reason: string }[] };
}

/** Someone scaled all of KubeVirt down: behind its API there is no pod. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-scaled-to-zero' },
  async break(cluster) {
    await scaledToZero.break(cluster);
    await kubectl(cluster, ['scale', 'deployment', 'virt-api', 'virt-controller', '--replicas=0', IN_KUBEVIRT]);
    await waitUntil('the API server finds no endpoint of virt-api', 60, async () => {
      const api = await get<APIService>(cluster, ['apiservice', 'v1.subresources.kubevirt.io']);
      return api?.status.conditions.some(({ reason }) => reason === 'MissingEndpoints') ?? false;
    });
  },
} satisfies Scenario;
