import { kubectl, patch } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import degradedRollout from './degraded-rollout.ts';

const TARGET = ['deployment', 'virt-operator', IN_KUBEVIRT];

/** A roll-out does not start, and its Deployment gives up on it. */
export default {
  written: true,
  starts: 'leading',
  expects: { verdict: 'degraded', exitCode: 4, cause: 'image-not-found' },
  async break(cluster) {
    await patch(cluster, TARGET, { spec: { progressDeadlineSeconds: 5 } });
    await degradedRollout.break(cluster);
    const given = '--for=jsonpath={.status.conditions[?(@.type=="Progressing")].reason}=ProgressDeadlineExceeded';
    await kubectl(cluster, ['wait', given, ...TARGET, '--timeout=60s']);
  },
} satisfies Scenario;
