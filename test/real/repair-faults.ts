// One real cluster whose Deployment is scaled to 0, and everything that can go wrong while `mitigate` repairs it.
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { changeAnswerOf } from '../../src/kube/change-answer.ts';
import { prepare } from '../cluster/base.ts';
import { type Cluster, environment, type Finished, run } from '../cluster/cluster.ts';
import { startComponent } from '../cluster/control-plane.ts';
import { create, kubectl, waitUntil } from '../cluster/kubectl.ts';
import { keepOperatorAlive } from '../cluster/live-pods.ts';
import { inNetwork } from '../cluster/network.ts';
import { CONTROL_PLANE_NODES } from '../cluster/nodes.ts';
import { IN_KUBEVIRT, stopOperator } from '../cluster/operator.ts';
import { stop } from '../cluster/processes.ts';
import { explained } from '../cluster/progress.ts';
import { withScenario } from '../cluster/scenario.ts';
import { openScreen, type Screen } from '../helpers/screen.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'dist', 'kubectl-virtop');
const TARGET = ['deployment', 'virt-operator', IN_KUBEVIRT];
const QUESTION = /\(y\/N\): *$/;

/** In order: each leaves the Deployment scaled to 0, but for the last. */
const FAULTS: Record<string, (cluster: Cluster) => Promise<void>> = {
  'nobody to ask': unchanged(async (cluster) => ends(await mitigate(cluster), 8, /pass --yes/)),
  'a dry run': unchanged(async (cluster) => ends(await mitigate(cluster, '--dry-run=server'), 0, /\+ {2}replicas: 2/)),
  'a no': unchanged((cluster) => answers(cluster, 'n\n', 8)),
  'an empty line': unchanged((cluster) => answers(cluster, '\n', 8)),
  'the end of input': unchanged((cluster) => answers(cluster, '\u0004', 8)),
  'Ctrl-C': unchanged((cluster) => answers(cluster, '\u0003', 130)),
  'no right to change it': unchanged(async (cluster) => {
    const role = ['create', 'clusterrolebinding', 'viewer', '--clusterrole=view', '--user=bob'];
    await kubectl(cluster, role);
    ends(await mitigate(cluster, '--yes', '--as=bob'), 8, /no right to patch deployments\/scale\.apps/);
  }),
  'a policy that refuses it': unchanged(async (cluster) => {
    await create(cluster, ...frozen());
    await waitUntil('the policy is in force', 30, async () => {
      const args = ['scale', ...TARGET, '--replicas=1', '--dry-run=server'];
      return (await run(cluster, 'kubectl', args)).code !== 0;
    });
    ends(await mitigate(cluster, '--yes'), 8, /no changes at night/);
    await kubectl(cluster, ['delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', 'freeze']);
    await pause(3000);
  }),
  'a writer that is faster': async (cluster) => {
    const screen = terminal(cluster, ['mitigate', '--timeout=20s']);
    await screen.shows(QUESTION);
    await kubectl(cluster, ['set', 'env', ...TARGET, 'FASTER=1']);
    screen.type('y\n');
    await screen.shows(/meanwhile[\s\S]*\(y\/N\): *$/);
    screen.type('n\n');
    const code = await screen.ended;
    if (code !== 8) throw new Error(`ended with ${code}:\n${screen.rows().join('\n')}`);
    expect(await replicas(cluster), '0');
  },
  'a test that does not hold': async (cluster) => {
    const patch = '[{"op":"test","path":"/metadata/resourceVersion","value":"1"}]';
    const done = await run(cluster, 'kubectl', ['patch', ...TARGET, '--type=json', `--patch=${patch}`, '-v=8']);
    const [body = ''] = /\{"kind":"Status".*\}/.exec(done.stderr) ?? [];
    const { status } = changeAnswerOf({ status: 422, headers: {}, body });
    if (status !== 'conflict') throw new Error(`taken for ${status}: ${done.stderr}`);
  },
  'no recovery': async (cluster) => {
    ends(await mitigate(cluster, '--yes', '--timeout=12s'), 11, /still waiting for .*\n?.*the leader/);
    ends(await virtop(cluster, ['undo', '--yes']), 0, /old values are back/);
    expect(await replicas(cluster), '0');
    const pods = ['wait', '--for=delete', 'pod', '--selector=kubevirt.io=virt-operator', IN_KUBEVIRT, '--timeout=60s'];
    await kubectl(cluster, pods);
  },
  'an API server that restarts': async (cluster) => {
    const screen = terminal(cluster, ['mitigate', '--timeout=120s']);
    await screen.shows(QUESTION);
    screen.type('y\n');
    await screen.shows(/Waiting for/);
    await stop(cluster, 'kube-apiserver', 'SIGKILL');
    await screen.shows(/Waiting for the API server to answer/);
    startComponent(cluster, 'kube-apiserver');
    const end = keepOperatorAlive(cluster, []);
    const code = await screen.ended;
    await end();
    console.log(screen.rows().join('\n'));
    if (code !== 0) throw new Error(`ended with ${code}`);
  },
  'one cause behind another': async (cluster) => {
    await kubectl(cluster, ['cordon', ...CONTROL_PLANE_NODES]);
    await stopOperator(cluster);
    await kubectl(cluster, ['scale', ...TARGET, '--replicas=0']);
    const end = keepOperatorAlive(cluster, []);
    const { code, stdout } = await mitigate(cluster, '--yes', '--output=json').finally(end);
    const { repairs } = JSON.parse(stdout) as { repairs: { action: string; outcome: string }[] };
    const got = repairs.map(({ action, outcome }) => `${action} ${outcome}`).join(', ');
    expect(`${code} ${got}`, '0 scale-up notVerified, uncordon verified');
  },
};

function unchanged(fault: (cluster: Cluster) => Promise<void>) {
  return async (cluster: Cluster) => {
    const before = await versions(cluster);
    await fault(cluster);
    expect(await versions(cluster), before);
  };
}

/** The resourceVersions of all that a repair might touch. */
function versions(cluster: Cluster): Promise<string> {
  const kinds = 'deployments,replicasets,pods,serviceaccounts,resourcequotas,limitranges';
  const path = '--output=jsonpath={range .items[*]}{.kind}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}';
  return kubectl(cluster, ['get', kinds, IN_KUBEVIRT, path]);
}

function replicas(cluster: Cluster): Promise<string> {
  return kubectl(cluster, ['get', ...TARGET, '--output=jsonpath={.spec.replicas}']);
}

function mitigate(cluster: Cluster, ...args: string[]): Promise<Finished> {
  return virtop(cluster, ['mitigate', ...args]);
}

function virtop(cluster: Cluster, args: readonly string[]): Promise<Finished> {
  return run(cluster, PROGRAM, args, { seconds: 180, env: { XDG_STATE_HOME: join(cluster.directory, 'state') } });
}

function terminal(cluster: Cluster, args: readonly string[]): Screen {
  const [command, words] = inNetwork(cluster.network, PROGRAM, [...args]);
  const env = environment(cluster, { XDG_STATE_HOME: join(cluster.directory, 'state'), TERM: 'xterm-256color' });
  return openScreen([command, ...words], 100, env as Record<string, string>);
}

async function answers(cluster: Cluster, keys: string, wanted: number): Promise<void> {
  const screen = terminal(cluster, ['mitigate']);
  await screen.shows(QUESTION);
  screen.type(keys);
  const code = await screen.ended;
  if (code !== wanted) throw new Error(`ended with ${code}, not ${wanted}:\n${screen.rows().join('\n')}`);
}

function ends({ code, stdout, stderr }: Finished, wanted: number, says: RegExp): void {
  const text = stdout + stderr;
  if (code !== wanted || !says.test(text))
    throw new Error(`ended with ${code}, wanted ${wanted} and ${says}:\n${text}`);
}

function expect(got: string, wanted: string): void {
  if (got !== wanted) throw new Error(`wanted ${wanted}\ngot ${got}`);
}

/** A policy that lets nobody scale. */
function frozen(): object[] {
  const api = 'admissionregistration.k8s.io/v1';
  const rule = { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['UPDATE'], resources: ['deployments/scale'] };
  const validations = [{ expression: 'false', message: 'no changes at night' }];
  return [
    {
      apiVersion: api,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'freeze' },
      spec: { failurePolicy: 'Fail', matchConstraints: { resourceRules: [rule] }, validations },
    },
    {
      apiVersion: api,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'freeze' },
      spec: { policyName: 'freeze', validationActions: ['Deny'] },
    },
  ];
}

if (import.meta.main) {
  await prepare();
  let failed = 0;
  await withScenario('deployment-scaled-to-zero', async ({ cluster }) => {
    for (const [name, fault] of Object.entries(FAULTS)) {
      const said = await fault(cluster).then(
        () => 'ok',
        (error: unknown) => {
          failed += 1;
          return `FAIL ${explained(error)}`;
        },
      );
      console.log(`  ${name}: ${said}`);
    }
  });
  process.exitCode = failed === 0 ? 0 : 1;
}
