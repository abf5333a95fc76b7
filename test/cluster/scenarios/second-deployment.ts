import type { OperatorDeployment } from '../deployment.ts';
import { create, get } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Somebody keeps the Deployment of before, without pods, in case the new one fails. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    const found = await get<OperatorDeployment>(cluster, ['deployment', 'virt-operator', IN_KUBEVIRT]);
    const { namespace = 'kubevirt', labels = {} } = found?.metadata ?? {};
    const metadata = { name: 'virt-operator-before', namespace, labels };
    await create(cluster, { ...found, metadata, spec: { ...found?.spec, replicas: 0 }, status: undefined });
  },
} satisfies Scenario;
