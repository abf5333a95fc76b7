import { reinstallOperator } from '../deployment.ts';
import { waitForFailedCreate } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The manifest counts what a sandbox needs on top, and names no sandbox. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'pod-refused' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec: { template } }) => {
      template.spec.overhead = { cpu: '10m' };
    });
    await waitForFailedCreate(cluster, 'Overhead');
  },
} satisfies Scenario;
