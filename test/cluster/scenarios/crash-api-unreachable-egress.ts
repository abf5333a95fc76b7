import { create } from '../kubectl.ts';
import type { Scenario } from '../scenario.ts';
import unreachable from './crash-api-unreachable.ts';

/** A policy lets the pods out to DNS only. */
export default {
  ...unreachable,
  async break(cluster) {
    await create(cluster, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'deny-egress', namespace: 'kubevirt' },
      spec: { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] },
    });
    await unreachable.break(cluster);
  },
} satisfies Scenario;
