import { reinstallOperator } from '../deployment.ts';
import { fillControlPlane } from '../filler.ts';
import { waitForUnschedulable } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

const AWAY_FROM_BACKUPS = {
  labelSelector: { matchLabels: { app: 'backup-agent' } },
  namespaces: ['kube-system'],
  topologyKey: 'kubernetes.io/hostname',
};

/** The Deployment must not share a node with pods that every control-plane node has. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'pod-anti-affinity' },
  async break(cluster) {
    await fillControlPlane(cluster);
    await reinstallOperator(cluster, ({ spec }) => {
      const { affinity } = spec.template.spec as { affinity?: object };
      const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: [AWAY_FROM_BACKUPS] };
      Object.assign(spec.template.spec, { affinity: { ...affinity, podAntiAffinity } });
    });
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
