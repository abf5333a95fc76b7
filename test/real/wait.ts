import { reviveApiServer } from '../cluster/control-plane.ts';
import { kubectl } from '../cluster/kubectl.ts';
import { keepOperatorAlive } from '../cluster/live-pods.ts';
import { stop } from '../cluster/processes.ts';
import type { Check } from './check.ts';
import { ends, screenEnds, terminal, virtop } from './program.ts';
import { TARGET } from './scaled.ts';

/** `wait` on a cluster whose Deployment is scaled to 0: the API server is killed and comes back, and then the operator. */
export const waitThroughRestart: Check = {
  name: 'wait while the API server restarts',
  seconds: 50,
  async run(cluster) {
    ends(await virtop(cluster, ['wait', '--timeout=2s']), 124, /not seen within \d+s that virt-operator is healthy/);
    const screen = terminal(cluster, ['wait', '--timeout=150s']);
    await screen.shows(/waiting for the Deployment to ask for pods/);
    await stop(cluster, 'kube-apiserver', 'SIGKILL');
    await screen.shows(/no answer, trying again: connection to \S+ refused/);
    ends(await virtop(cluster, ['wait', '--timeout=5s', '--output=json']), 1, /"kind": "OperatorReport"/);
    await reviveApiServer(cluster);
    await screen.shows(/waiting for the Deployment to ask for pods/);
    const end = keepOperatorAlive(cluster, []);
    await kubectl(cluster, ['scale', ...TARGET, '--replicas=2']);
    await screen.shows(/2\/2 pods Ready, waiting for a leader/);
    await screenEnds(screen, 0, /virt-operator is healthy after \d+s: 2\/2 ready, leader/).finally(end);
    return screen.rows().at(-1);
  },
};
