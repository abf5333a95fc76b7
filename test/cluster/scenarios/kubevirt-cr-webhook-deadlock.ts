import { kubectl } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';
import priorityclassMissing from './priorityclass-missing.ts';

/** The operator is lost while KubeVirt is being deleted: the deletion needs it, and so does taking back anything. */
export default {
  starts: 'leading',
  expects: { verdict: 'down', exitCode: 3, cause: 'priorityclass-missing' },
  async break(cluster) {
    await kubectl(cluster, ['delete', 'kubevirt', 'kubevirt', IN_KUBEVIRT, '--wait=false']);
    await priorityclassMissing.break(cluster);
  },
} satisfies Scenario;
