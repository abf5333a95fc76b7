// One real cluster whose Deployment is scaled to 0: `wait` runs while its API server is killed, comes back, and the operator too.
import { join } from 'node:path';
import process from 'node:process';
import { prepare } from '../cluster/base.ts';
import { environment } from '../cluster/cluster.ts';
import { startComponent } from '../cluster/control-plane.ts';
import { kubectl } from '../cluster/kubectl.ts';
import { keepOperatorAlive } from '../cluster/live-pods.ts';
import { inNetwork } from '../cluster/network.ts';
import { IN_KUBEVIRT } from '../cluster/operator.ts';
import { stop } from '../cluster/processes.ts';
import { withScenario } from '../cluster/scenario.ts';
import { openScreen } from '../helpers/screen.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'kubectl-virtop');

await prepare();
await withScenario('deployment-scaled-to-zero', async ({ cluster }) => {
  const [command, args] = inNetwork(cluster.network, PROGRAM, ['wait', '--timeout=58s']);
  const env = environment(cluster, { TERM: 'xterm-256color' }) as Record<string, string>;
  const screen = openScreen([command, ...args], 100, env);
  await screen.shows(/waiting for the Deployment to ask for pods/);
  await stop(cluster, 'kube-apiserver', 'SIGKILL');
  await screen.shows(/no answer, trying again: connection to \S+ refused/);
  startComponent(cluster, 'kube-apiserver');
  await screen.shows(/waiting for the Deployment to ask for pods/);
  const end = keepOperatorAlive(cluster, []);
  await kubectl(cluster, ['scale', 'deployment/virt-operator', IN_KUBEVIRT, '--replicas=2']);
  await screen.shows(/2\/2 pods Ready, waiting for a leader/);
  const code = await screen.ended;
  await end();
  console.log(screen.rows().join('\n'));
  if (code !== 0) process.exitCode = 1;
});
