import { reinstallOperator } from '../deployment.ts';
import { waitForUnschedulable } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The operator's container asks for a device that no node has. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'insufficient-memory' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      for (const container of spec.template.spec.containers) {
        container.resources = { ...container.resources, limits: { 'nvidia.com/gpu': '1' } };
      }
    });
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
