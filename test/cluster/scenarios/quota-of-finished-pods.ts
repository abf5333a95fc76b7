import { evict } from '../evict.ts';
import { get, kubectl } from '../kubectl.ts';
import { waitForEvents } from '../observe.ts';
import { IN_KUBEVIRT, operatorPods, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

/** A quota counts pods, also those that ended: what is left of the evicted operator pods keeps others from being made. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'quota-exceeded' },
  repair: { action: 'delete-finished-pods', named: true, undo: false },
  async break(cluster) {
    const pods = await get<{ items: object[] }>(cluster, ['pods', IN_KUBEVIRT]);
    await kubectl(cluster, ['create', 'quota', 'pod-count', `--hard=count/pods=${pods?.items.length}`, IN_KUBEVIRT]);
    const counted = '--for=jsonpath={.status.used}';
    await kubectl(cluster, ['wait', counted, 'resourcequota/pod-count', IN_KUBEVIRT, '--timeout=120s']);
    await stopOperator(cluster);
    await evict(cluster, ...(await operatorPods(cluster)).map((pod) => pod.metadata.name));
    await waitForEvents(cluster, 'FailedCreate', 1);
  },
} satisfies Scenario;
