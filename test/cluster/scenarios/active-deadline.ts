import type { Cluster } from '../cluster.ts';
import { exceedDeadline } from '../evict.ts';
import { kubectl, waitUntil } from '../kubectl.ts';
import { IN_KUBEVIRT, operatorPods, stopOperator } from '../operator.ts';
import type { Scenario } from '../scenario.ts';

const PATCH = '--patch={"spec":{"activeDeadlineSeconds":20}}';

/** Something gives each operator pod a deadline of seconds; no Deployment may ask for one. */
export default {
  written: true,
  expects: { verdict: 'down', exitCode: 3, cause: 'active-deadline' },
  async break(cluster) {
    await stopOperator(cluster);
    await exceedDeadline(cluster, ...(await hurry(cluster)));
    await exceedDeadline(cluster, ...(await hurry(cluster)));
    await hurry(cluster);
  },
} satisfies Scenario;

/** Sets the deadline of the pods that run, and gives their names. */
async function hurry(cluster: Cluster): Promise<string[]> {
  let names: string[] = [];
  await waitUntil('two operator pods run', 60, async () => {
    const running = (await operatorPods(cluster)).filter(({ status }) => status.phase === 'Running');
    names = running.map(({ metadata }) => metadata.name);
    return names.length === 2;
  });
  await kubectl(cluster, ['patch', 'pod', ...names, IN_KUBEVIRT, PATCH]);
  return names;
}
