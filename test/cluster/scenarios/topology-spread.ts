import { reinstallOperator } from '../deployment.ts';
import { waitForUnschedulable } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

const OVER_ZONES = {
  maxSkew: 1,
  topologyKey: 'topology.kubernetes.io/zone',
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: { 'kubevirt.io': 'virt-operator' } },
};

/** The Deployment must be spread over zones, and no node says in which zone it is. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'topology-spread' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      Object.assign(spec.template.spec, { topologySpreadConstraints: [OVER_ZONES] });
    });
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
