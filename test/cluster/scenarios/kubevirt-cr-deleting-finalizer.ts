import { get, kubectl, patch } from '../kubectl.ts';
import { IN_KUBEVIRT } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const FOREIGN = 'backup.example.com/before-removal';
const KUBEVIRT = ['kubevirt', 'kubevirt', IN_KUBEVIRT];

/** KubeVirt is uninstalled, and the finalizer of a backup tool that is no more keeps its resource. */
export default {
  starts: 'leading',
  expects: { verdict: 'healthy', exitCode: 0, cause: null },
  async break(cluster) {
    type Held = { metadata: { finalizers?: string[] } };
    const before = await get<Held>(cluster, KUBEVIRT);
    await patch(cluster, KUBEVIRT, { metadata: { finalizers: [...(before?.metadata.finalizers ?? []), FOREIGN] } });
    await kubectl(cluster, ['delete', ...KUBEVIRT, '--wait=false']);
  },
} satisfies Scenario;
