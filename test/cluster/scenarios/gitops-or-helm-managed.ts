import { kubectl } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import priorityclassMissing from './priorityclass-missing.ts';

/** Argo CD deploys the operator, and knows nothing of its PriorityClass. */
export default {
  expects: { verdict: 'down', exitCode: 3, cause: 'priorityclass-missing' },
  async break(cluster) {
    const mark = 'argocd.argoproj.io/tracking-id=kubevirt:apps/Deployment:kubevirt/virt-operator';
    await kubectl(cluster, ['annotate', 'deployment', 'virt-operator', mark, IN_KUBEVIRT]);
    await priorityclassMissing.break(cluster);
  },
} satisfies Scenario;
