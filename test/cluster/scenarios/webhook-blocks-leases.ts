import { create } from '../kubectl.ts';
import { waitForStaleLease } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** A webhook that is asked about all that there is, and whose Service is gone: no leader can renew its lease. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'webhook-blocks-control-plane' },
  waits: 55,
  async break(cluster) {
    const all = { apiGroups: ['*'], apiVersions: ['*'], resources: ['*/*'], operations: ['*'] };
    await create(cluster, {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'policy-engine' },
      webhooks: [
        {
          name: 'validate.policy.example.com',
          clientConfig: { service: { namespace: 'policy-system', name: 'policy-engine', path: '/validate' } },
          rules: [all],
          failurePolicy: 'Fail',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
        },
      ],
    });
    await waitForStaleLease(cluster, 'kube-system', 'kube-controller-manager', 50);
    await waitForStaleLease(cluster, 'kube-system', 'kube-scheduler', 50);
    await waitForStaleLease(cluster, 'kubevirt', 'virt-operator', 50);
  },
} satisfies Scenario;
