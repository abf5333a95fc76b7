import { breakNewPods, waiting } from '../pod-report.ts';
import type { Scenario } from '../scenario.ts';

/** Somebody gave the operator's container a postStart hook that fails. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'hook-failed' },
  async break(cluster) {
    await breakNewPods(cluster, {
      report: { ...waiting('PostStartHookError', 'PostStartHook failed'), phase: 'Running' },
      events: [['FailedPostStartHook', 'PostStartHook failed']],
      change: ({ spec }) => {
        for (const container of spec.template.spec.containers) {
          container.lifecycle = { postStart: { exec: { command: ['/usr/local/bin/register'] } } };
        }
      },
    });
  },
} satisfies Scenario;
