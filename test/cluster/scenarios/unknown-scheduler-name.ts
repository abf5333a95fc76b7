import { setTimeout as pause } from 'node:timers/promises';
import { reinstallOperator } from '../deployment.ts';
import { waitForPods } from '../observe.ts';
import type { Scenario } from '../scenario.ts';

/** The Deployment names a scheduler that nobody runs; a slow one could still come within half a minute. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'unknown-scheduler-name' },
  waits: 32,
  async break(cluster) {
    await reinstallOperator(cluster, ({ spec }) => {
      Object.assign(spec.template.spec, { schedulerName: 'batch-scheduler' });
    });
    await waitForPods(cluster, 2);
    await pause(32_000);
  },
} satisfies Scenario;
