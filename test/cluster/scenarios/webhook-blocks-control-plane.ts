import { create, get, waitUntil } from '../kubectl.ts';
import { leaveNodesAlone } from '../kubelet.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { operatorPods, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

interface NodeList {
  items: { status: { conditions: { type: string; status: string }[] } }[];
}

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
      const nodes = await get<NodeList>(cluster, ['nodes', ...CONTROL_PLANE_NODES]);
      const unknown = nodes?.items.every(({ status }) =>
        status.conditions.some(({ type, status }) => type === 'Ready' && status === 'Unknown'),
      );
      const pods = await operatorPods(cluster);
      const ready = pods.some((pod) =>
        pod.status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'),
      );
      return unknown === true && !ready;
    });
  },
} satisfies Scenario;
