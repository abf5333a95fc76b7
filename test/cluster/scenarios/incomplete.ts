import { writeKubeconfig } from '../certificates.ts';
import { kubectl } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A healthy operator, looked at by someone who may read only part of it. */
export default {
  starts: 'leading',
  expects: { verdict: 'incomplete', exitCode: 5, cause: null },
  async break(cluster) {
    await kubectl(cluster, ['create', 'serviceaccount', 'viewer', IN_KUBEVIRT]);
    const binding = ['--clusterrole=view', '--serviceaccount=kubevirt:viewer', IN_KUBEVIRT];
    await kubectl(cluster, ['create', 'rolebinding', 'viewer', ...binding]);
  },
  async kubeconfig(cluster) {
    const token = await kubectl(cluster, ['create', 'token', 'viewer', IN_KUBEVIRT]);
    return writeKubeconfig(cluster.directory, 'viewer', { token: token.trim() });
  },
} satisfies Scenario;
