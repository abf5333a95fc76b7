import { reinstallOperator } from '../deployment.ts';
import { waitForPods } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The Deployment's template binds its pods to a node that does not exist. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'node-deleted' },
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      spec.template.spec.nodeName = 'cp-9';
    });
    await waitForPods(cluster, 2);
  },
} satisfies Scenario;
