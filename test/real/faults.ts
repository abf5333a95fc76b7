import { changeAnswerOf } from '../../src/kube/wire/change-answer.ts';
import { type Cluster, environment, run } from '../cluster/cluster.ts';
import { reviveApiServer } from '../cluster/control-plane.ts';
import { kubectl, waitUntil } from '../cluster/kubectl.ts';
import { keepOperatorAlive } from '../cluster/live-pods.ts';
import { CONTROL_PLANE_NODES } from '../cluster/nodes.ts';
import { waitForPods } from '../cluster/observe.ts';
import { stopOperator } from '../cluster/operator.ts';
import { start, stop } from '../cluster/processes.ts';
import type { Check } from './check.ts';
import { ends, expect, PROGRAM, screenEnds, terminal, variables, virtop } from './program.ts';
import { QUESTION, replicas, TARGET } from './scaled.ts';

/** What goes wrong while a Deployment that is scaled to 0 is repaired. In order: each leaves it scaled to 0, but for the last. */
export const faults: readonly Check[] = [
  {
    name: 'a writer that is faster',
    seconds: 5,
    async run(cluster) {
      const screen = terminal(cluster, ['mitigate']);
      await screen.shows(QUESTION);
      await kubectl(cluster, ['set', 'env', ...TARGET, 'FASTER=1']);
      screen.type('y\n');
      await screen.shows(/meanwhile[\s\S]*\(y\/N\): *$/);
      screen.type('n\n');
      await screenEnds(screen, 8, /not confirmed/);
      expect(await replicas(cluster), '0');
      return undefined;
    },
  },
  {
    name: 'a test of a patch that does not hold',
    seconds: 1,
    async run(cluster) {
      const patch = '[{"op":"test","path":"/metadata/resourceVersion","value":"1"}]';
      const done = await run(cluster, 'kubectl', ['patch', ...TARGET, '--type=json', `--patch=${patch}`, '-v=8']);
      const [body = ''] = /\{"kind":"Status".*\}/.exec(done.stderr) ?? [];
      expect(changeAnswerOf({ status: 422, headers: {}, body }).status, 'conflict');
      return undefined;
    },
  },
  {
    name: 'no recovery',
    seconds: 20,
    async run(cluster) {
      ends(await virtop(cluster, ['mitigate', '--yes', '--timeout=8s']), 11, /still waiting for .*\n?.*the leader/);
      return takeBack(cluster);
    },
  },
  {
    name: 'kill -9 between the change and the proof',
    seconds: 10,
    async run(cluster) {
      const env = environment(cluster, variables(cluster));
      start(cluster, 'mitigate', PROGRAM, ['mitigate', '--yes'], env);
      await waitUntil('the change was made', 30, async () => (await replicas(cluster)) === '2');
      await stop(cluster, 'mitigate', 'SIGKILL');
      return takeBack(cluster);
    },
  },
  {
    name: 'Ctrl-C twice after the change',
    seconds: 10,
    async run(cluster) {
      const screen = terminal(cluster, ['mitigate']);
      await screen.shows(QUESTION);
      screen.type('y\n');
      await screen.shows(/Waiting for/);
      screen.type('\u0003\u0003');
      await screenEnds(screen, 130, /done: Scale [\s\S]*To take it back: kubectl virtop undo/);
      return takeBack(cluster);
    },
  },
  {
    name: 'an API server that restarts, in a context whose name is typed',
    seconds: 50,
    async run(cluster) {
      const screen = terminal(cluster, ['mitigate', '--timeout=150s', '--confirm-context=test']);
      await screen.shows(/Type the context's name, test, to make this change: *$/);
      screen.type('test\n');
      await screen.shows(/Waiting for/);
      await stop(cluster, 'kube-apiserver', 'SIGKILL');
      await screen.shows(/Waiting for the API server to answer: connection to \S+ refused/);
      await reviveApiServer(cluster);
      const end = keepOperatorAlive(cluster, []);
      await screenEnds(screen, 0, /VERIFIED +virt-operator works again/).finally(end);
      const said = screen.rows().find((row) => row.startsWith('VERIFIED'));
      await stopOperator(cluster);
      await takeBack(cluster);
      return said;
    },
  },
  {
    name: 'one cause behind another',
    seconds: 60,
    async run(cluster) {
      await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
      const end = keepOperatorAlive(cluster, []);
      const { code, stdout } = await virtop(cluster, ['mitigate', '--yes', '--output=json']).finally(end);
      const { repairs } = JSON.parse(stdout) as { repairs: { action: string; outcome: string }[] };
      const got = repairs.map(({ action, outcome }) => `${action} ${outcome}`).join(', ');
      expect(`${code} ${got}`, '0 scale-up notVerified, uncordon verified');
      return undefined;
    },
  },
];

/** Takes the last repair back; the pods that it brought go again. */
async function takeBack(cluster: Cluster): Promise<undefined> {
  ends(await virtop(cluster, ['undo', '--yes']), 0, /old values are back/);
  expect(await replicas(cluster), '0');
  await waitForPods(cluster, 0);
}
