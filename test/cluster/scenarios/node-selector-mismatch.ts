import { reinstallOperator } from '../deployment.ts';
import { waitForUnschedulable } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The Deployment asks for a label that no control-plane node has. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'node-selector-mismatch' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      Object.assign(spec.template.spec, { nodeSelector: { 'kubernetes.io/os': 'linux', 'example.com/disk': 'ssd' } });
    });
    await waitForUnschedulable(cluster, 2);
  },
} satisfies Scenario;
