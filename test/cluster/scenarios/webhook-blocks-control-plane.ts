import { create, get, waitUntil } from '../kubectl.ts';
import { leaveNodesAlone } from '../kubelet.ts';
import { areUnknown } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { operatorPods, readyCount, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const SERVICE = { name: 'lease-guard', namespace: 'guard-system' };

/** A policy product is asked about each renewal of a node's lease, and is not there. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'webhook-blocks-control-plane' },
  waits: 60,
  async break(cluster) {
    await stopOperator(cluster);
    await leaveNodesAlone(cluster);
    await waitUntil('the kubelets renew their leases again', 60, async () => {
      const leases = await get<{ items: object[] }>(cluster, ['leases', '--namespace=kube-node-lease']);
      return leases?.items.length === 5;
    });
    await create(cluster, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'lease-guard' },
      webhooks: [
        {
          name: 'leases.guard.example.com',
          clientConfig: { service: { ...SERVICE, path: '/validate' } },
          rules: [
            { apiGroups: ['coordination.k8s.io'], apiVersions: ['v1'], resources: ['leases'], operations: ['UPDATE'] },
          ],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-node-lease' } },
          failurePolicy: 'Fail',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    });
    await waitUntil('the control-plane nodes are Unknown and no operator pod is Ready', 120, async () => {
      return (await areUnknown(cluster, CONTROL_PLANE_NODES)) && readyCount(await operatorPods(cluster)) === 0;
    });
  },
} satisfies Scenario;
