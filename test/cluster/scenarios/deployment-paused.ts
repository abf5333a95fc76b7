import { reinstallOperator } from '../deployment.ts';
import { kubectl } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** Created paused: a Deployment that is paused before its first ReplicaSet never gets one. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'deployment-paused' },
  repair: { action: 'resume-rollout', undo: true },
  async break(cluster) {
    await reinstallOperator(cluster, (deployment) => {
      deployment.spec.paused = true;
    });
    const paused = '--for=jsonpath={.status.conditions[?(@.reason=="DeploymentPaused")].status}=Unknown';
    await kubectl(cluster, ['wait', paused, 'deployment/virt-operator', IN_KUBEVIRT, '--timeout=120s']);
  },
} satisfies Scenario;
