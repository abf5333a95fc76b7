import { create } from '../kubectl.ts';
import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const SERVICE = { name: 'policy-webhook', namespace: 'policy-system' };

/** A policy product checks every new pod, and none of its own pods runs. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'webhook-unreachable' },
  repair: { action: 'ignore-webhook', named: true, undo: true },
  async break(cluster) {
    await create(
      cluster,
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SERVICE.namespace } },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: SERVICE,
        spec: { selector: { app: 'policy-webhook' }, ports: [{ port: 443, targetPort: 9443 }] },
      },
      {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name: 'policy-webhook' },
        webhooks: [
          {
            name: 'validate.policy.example.com',
            clientConfig: { service: { ...SERVICE, path: '/validate' } },
            rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
            namespaceSelector: {
              matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system'] }],
            },
            failurePolicy: 'Fail',
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
          },
        ],
      },
    );
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'failed calling webhook "validate.policy.example.com"');
  },
} satisfies Scenario;
