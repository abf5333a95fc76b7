import { create } from '../kubectl.ts';
import { installMonitoring } from '../monitoring.ts';
import type { Scenario } from '../scenario.ts';

const policy = (name: string, spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'kubevirt' },
  spec: { policyTypes: ['Ingress'], ...spec },
});

/** The namespace denies what nothing allows, and only the policy for the webhook was added. */
export default {
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    await installMonitoring(cluster);
    await create(
      cluster,
      policy('default-deny', { podSelector: {} }),
      policy('kubevirt-allow-ingress-to-virt-operator-webhook-server', {
        podSelector: { matchLabels: { 'kubevirt.io': 'virt-operator' } },
        ingress: [{ ports: [{ port: 8444, protocol: 'TCP' }] }],
      }),
    );
  },
} satisfies Scenario;
