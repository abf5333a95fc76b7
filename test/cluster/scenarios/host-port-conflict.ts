import { reinstallOperator } from '../deployment.ts';
import { fillControlPlane } from '../filler.ts';
import { waitForUnschedulable } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

const ports = [{ name: 'metrics', containerPort: 8443, hostPort: 8443, protocol: 'TCP' }];

/** The Deployment was given a host port that another pod has on every control-plane node. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'host-port-conflict' },
  async break(cluster) {
    await fillControlPlane(cluster, { container: { ports } });
    await reinstallOperator(cluster, ({ spec }) => {
      for (const container of spec.template.spec.containers) Object.assign(container, { ports });
    });
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
