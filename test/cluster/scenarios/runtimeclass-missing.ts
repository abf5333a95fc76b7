import { reinstallOperator } from '../deployment.ts';
import { waitForFailedCreate } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The manifest asks for a sandbox that this cluster does not offer. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'runtimeclass-missing' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec: { template } }) => {
      template.spec.runtimeClassName = 'kata';
    });
    await waitForFailedCreate(cluster, 'RuntimeClass "kata" not found');
  },
} satisfies Scenario;
