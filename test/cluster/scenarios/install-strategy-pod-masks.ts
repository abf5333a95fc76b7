import { create, get, kubectl, waitUntil } from '../kubectl.ts';
import { IN_MONITORING, kubeStateMetrics, MONITORING, RULE_OF_1_9, serveMonitoring } from '../monitoring.ts';
import { waitForPods } from '../observe.ts';
import { IN_KUBEVIRT, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const POD = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'virt-operator-install-strategy-x7k2p',
    namespace: 'kubevirt',
    labels: { 'kubevirt.io': 'virt-operator-strategy-dumper' },
  },
  spec: { containers: [{ name: 'install-strategy-upload', image: 'quay.io/kubevirt/virt-operator:v1.9.0' }] },
};

/** The operator was scaled to 0 while its Job ran, whose pod KubeVirt 1.9 names as it names the operator's. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-scaled-to-zero' },
  async break(cluster) {
    await stopOperator(cluster);
    await serveMonitoring(cluster);
    await create(cluster, RULE_OF_1_9, POD, MONITORING, kubeStateMetrics());
    await kubectl(cluster, ['rollout', 'status', 'deployment/kube-state-metrics', IN_MONITORING, '--timeout=60s']);
    const deployment = ['deployment/virt-operator', IN_KUBEVIRT];
    await kubectl(cluster, ['scale', ...deployment, '--replicas=0']);
    await kubectl(cluster, ['set', 'env', ...deployment, 'KUBEVIRT_VERSION=v1.9.0']);
    await waitForPods(cluster, 0);
    await waitUntil('the pod of the Job runs', 30, async () => {
      const pod = await get<{ status: { phase?: string } }>(cluster, ['pod', POD.metadata.name, IN_KUBEVIRT]);
      return pod?.status.phase === 'Running';
    });
  },
} satisfies Scenario;
