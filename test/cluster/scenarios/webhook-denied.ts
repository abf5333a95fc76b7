import { waitForFailedCreate } from '../observe.ts';
import { loseOperatorPods } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import { startPodWebhook } from '../webhook.ts';

/** A policy product answers, and refuses the operator's pods. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'webhook-denied' },
  async break(cluster) {
    await startPodWebhook(cluster, 'deny', 'validate.policy.example.com');
    await loseOperatorPods(cluster);
    await waitForFailedCreate(cluster, 'admission webhook "validate.policy.example.com" denied the request');
  },
} satisfies Scenario;
