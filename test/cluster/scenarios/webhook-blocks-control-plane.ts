import type { Cluster } from '../cluster.ts';
import { create, get, kubectl, waitUntil } from '../kubectl.ts';
import { leaveNodesAlone, lookAfterNodes } from '../kubelet.ts';
import { areUnknown } from '../node-condition.ts';
import { CONTROL_PLANE_NODES } from '../nodes.ts';
import { IN_KUBEVIRT, operatorPods, readyCount, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const GUARD = 'lease-guard';
const SERVICE = { name: GUARD, namespace: 'guard-system' };

/** A policy product is asked about each renewal of a node's lease, and is not there. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'webhook-blocks-control-plane' },
  waits: 60,
  repair: { action: 'ignore-webhook', named: true, undo: true, keepsPods: true, meanwhile: comeBack },
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
      metadata: { name: GUARD },
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

/** Once the webhook is ignored, the kubelets report their nodes and pods as they are. */
async function comeBack(cluster: Cluster): Promise<void> {
  await waitUntil('the webhook is ignored', 120, async () => {
    const policy = ['validatingwebhookconfiguration', GUARD, '--output=jsonpath={.webhooks[0].failurePolicy}'];
    return (await kubectl(cluster, ['get', ...policy])) === 'Ignore';
  });
  await lookAfterNodes(cluster);
  await waitUntil('the nodes are not Unknown any more', 60, async () => {
    const unknown = await Promise.all(CONTROL_PLANE_NODES.map((node) => areUnknown(cluster, [node])));
    return !unknown.includes(true);
  });
  const conditions = ['Ready', 'ContainersReady'].map((type) => ({
    type,
    status: 'True',
    reason: null,
    message: null,
  }));
  const patch = `--patch=${JSON.stringify({ status: { conditions } })}`;
  const pods = (await operatorPods(cluster)).map(({ metadata }) => metadata.name);
  await kubectl(cluster, ['patch', 'pod', ...pods, IN_KUBEVIRT, '--subresource=status', '--type=strategic', patch]);
}
