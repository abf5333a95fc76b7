import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { run } from '../../src/cli.ts';
import { GLOBAL_FLAGS } from '../../src/commands/flags/global-flags.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { answer } from '../helpers/faults.ts';
import { testIo } from '../helpers/io.ts';
import { startServer, type TestServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('refused');
const folder = mkdtempSync(join(tmpdir(), 'virtop-refused-'));
const kubeconfig = join(folder, 'config');
let server: TestServer;

test.before(async () => {
  server = await startServer(archiveOf(healthyCluster()), { protocol: 'http' });
  const contexts = ['prod', 'lab'].map((name) => ({ name, context: { cluster: 'one' } }));
  const clusters = [{ name: 'one', cluster: { server: server.url } }];
  writeFileSync(kubeconfig, stringify({ 'current-context': 'lab', contexts, clusters, users: [] }));
});
test.after(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

async function call(...args: string[]) {
  const io = testIo({ LANG: 'C.UTF-8', KUBECONFIG: kubeconfig, XDG_STATE_HOME: folder });
  const code = await run(args, 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

/** Each is one line on stderr, exit 2, and nothing on stdout. */
async function refused(args: string[], message: string): Promise<void> {
  assert.equal(await call(...args), { code: 2, stdout: '', stderr: `error: ${message}\n` }, args.join(' '));
}

const CASES: [args: string, message: string][] = [
  ['fixx', 'unknown command "fixx"; did you mean fix?'],
  ['help stat', 'unknown command "stat"; did you mean status?'],
  [
    'status -o yml',
    'unable to match a printer suitable for the output format "yml", allowed formats are: json,jsonpath=,junit,markdown,name,text,wide,yaml; did you mean yaml?',
  ],
  ['describe imag-not-found', 'unknown code or kind "imag-not-found"; did you mean image-not-found?'],
  ['describe podd', 'unknown code or kind "podd"; did you mean pod?'],
  [
    'mitigate --dry-run=sever',
    'invalid value "sever" for --dry-run: must be one of none, client, server; did you mean server?',
  ],
  ['mitigate scale-upp', 'unknown action "scale-upp"; did you mean scale-up?'],
  [
    'mitigate --yes --dry-run=server',
    '--yes and --dry-run contradict each other: a trial changes nothing and asks nothing',
  ],
  ['mitigate scale-up --list', '--list and an argument contradict each other: a list changes nothing'],
  ['mitigate --list -y', '--list and --yes contradict each other: a list changes nothing'],
  ['mitigate --dry-run=', 'flag needs an argument: --dry-run'],
  ['mitigate --confirm-context= --yes', 'flag needs an argument: --confirm-context'],
  [
    'mitigate -o wide',
    'unable to match a printer suitable for the output format "wide", allowed formats are: json,jsonpath=,text,yaml',
  ],
  ['undo 1 --list', '--list and an argument contradict each other: a list changes nothing'],
  [
    'undo --yes --dry-run client',
    '--yes and --dry-run contradict each other: a trial changes nothing and asks nothing',
  ],
  ['undo nothing', 'no repair nothing; kubectl virtop undo --list shows what was changed from this machine'],
  ['wait --for=redy', 'invalid value "redy" for --for: must be one of ready, leader, healthy; did you mean ready?'],
  ['wait --for ready --for leader', '--for is given twice: "ready" and "leader"'],
  ['wait --timeout=soon', 'invalid value "soon" for --timeout: use a duration such as 90s or 5m'],
  [
    'alerts --fail-on=warn',
    'invalid value "warn" for --fail-on: must be one of never, critical, warning, incomplete; did you mean warning?',
  ],
  ['alerts all', 'unexpected arguments: all'],
  ['logs --tail', 'flag needs an argument: --tail'],
  ['logs --previous=maybe', 'invalid value "maybe" for --previous: it is true where it is given, or =false'],
  ['logs -c a -c b', '--container is given twice: "a" and "b"'],
  ['explain imag-not-found', 'unknown code "imag-not-found"; did you mean image-not-found, exec-not-found?'],
  ['can-i --writes', '--writes needs --role'],
  ['can-i --role -o wide', '--role prints YAML, or JSON with -o json, and not wide'],
  ['completion', 'name a shell: bash, zsh, fish, powershell, kubectl'],
  ['completion zhs', 'unknown shell "zhs"; did you mean zsh?'],
  ['completion ksh93', 'unknown shell "ksh93"; there are bash, zsh, fish, powershell, kubectl'],
  ['completion powershel', 'unknown shell "powershel"; did you mean powershell?'],
  ['version --client=2', 'invalid value "2" for --client: it is true where it is given, or =false'],
  [
    'version -o wide',
    'unable to match a printer suitable for the output format "wide", allowed formats are: json,jsonpath=,text,yaml',
  ],
  ['options all', 'unexpected arguments: all'],
  ['status -q false', 'unexpected arguments: false'],
  ['status -qx', 'unknown shorthand flag: -x'],
  [
    'status --from a --context lab',
    '--from and --context contradict each other: saved objects are read in place of a cluster',
  ],
  ['status --from=', 'flag needs an argument: --from'],
];

for (const [args, message] of CASES) {
  test(`refused: ${args}`, () => refused(args.split(' '), message));
}

for (const { name, flags } of COMMANDS) {
  test(`${name} refuses a wrong flag, a value of a switch, a missing value, a value twice, and what is no choice`, async () => {
    await refused([name, '--contxt', 'a'], 'unknown flag: --contxt; did you mean --context?');
    await refused(
      [name, '--quiet=perhaps'],
      'invalid value "perhaps" for --quiet: it is true where it is given, or =false',
    );
    await refused([name, '--color=auto', '--color=never'], '--color is given twice: "auto" and "never"');
    for (const flag of [...GLOBAL_FLAGS, ...flags]) {
      if (flag.kind !== 'switch') await refused([name, `--${flag.name}`], `flag needs an argument: --${flag.name}`);
      if (!flag.choices) continue;
      const { code, stdout, stderr } = await call(name, `--${flag.name}`, 'xyzzy');
      assert.equal([code, stdout], [2, '']);
      assert.match(stderr, new RegExp(`^error: .*"xyzzy".*${flag.choices[0]}.*\n$`));
    }
  });
}

/** `version` has told its own by then. */
const ASKING = COMMANDS.filter(({ name }) => !['explain', 'completion', 'options', 'undo', 'version'].includes(name));
for (const { name } of ASKING) {
  test(`${name} refuses a context, a cluster and a user that the kubeconfig does not have`, async () => {
    await refused(
      [name, '--context', 'prd'],
      'the kubeconfig has no context "prd"; did you mean prod? choose one with --context: prod, lab',
    );
    await refused([name, '--cluster', 'on'], 'the kubeconfig has no cluster "on"; choose one with --cluster: one');
    await refused([name, '--user', 'jane'], 'the kubeconfig has no user "jane"');
  });
  if (name === 'can-i') continue;
  test(`${name} refuses a namespace that does not exist`, async () => {
    await refused([name, '-n', 'kubevrt'], 'there is no namespace "kubevrt"; did you mean kubevirt?');
    const hint = 'without -n the namespace of virt-operator is looked for';
    await refused([name, '-n', 'elsewhere'], `there is no namespace "elsewhere"; ${hint}`);
  });
}

test('a namespace that KubeVirt points at, or may point at unseen, is gone and not misspelt', async () => {
  const gone = healthyCluster().filter(
    ({ metadata }) => metadata?.namespace !== 'kubevirt' && metadata?.name !== 'kubevirt',
  );
  const archive = archiveOf(gone);
  const webhook = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/virt-operator-validator';
  const hidden = await startServer(archive, {
    protocol: 'http',
    behave: (path) => (path.startsWith(webhook) ? answer(403, '{"kind":"Status","code":403}') : undefined),
  });
  const { code, stdout } = await call('status', '-n', 'kubevirt', '--server', hidden.url);
  assert.is.not(code, 2);
  assert.match(stdout, /kubevirt/);
  await hidden.close();
});

test('a flag may be given twice with the same value, and a usual value contradicts nothing', async () => {
  assert.is((await call('status', '-n', 'kubevirt', '-n', 'kubevirt', '-qq')).code, 0);
  assert.is((await call('mitigate', '--yes', '--dry-run=none')).code, 0);
});

test.run();
