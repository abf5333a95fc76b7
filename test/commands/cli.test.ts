import * as assert from 'uvu/assert';
import { run } from '../../src/cli.ts';
import { testIo } from '../helpers/io.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('cli');
const ENV = { LANG: 'C.UTF-8', HOME: '/nonexistent' };

async function call(...args: string[]) {
  const io = testIo(ENV);
  const code = await run(args, 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

test('without arguments, with --help and with help there is help', async () => {
  for (const args of [[], ['--help'], ['-h'], ['help'], ['--context', 'prod'], ['-n', 'kubevirt', '--help']]) {
    const { code, stdout, stderr } = await call(...args);
    assert.equal([code, stderr], [0, ''], args.join(' '));
    assert.match(stdout, /kubectl virtop status\n/);
    assert.match(stdout, /Exit codes:\n +0 /);
  }
});

test('every command explains itself, with examples that are called as the user called it', async () => {
  for (const command of [
    'status',
    'describe',
    'mitigate',
    'undo',
    'wait',
    'alerts',
    'logs',
    'explain',
    'can-i',
    'version',
    'options',
  ]) {
    const { code, stdout } = await call(command, '--help');
    assert.is(code, 0);
    assert.match(stdout, `\n  kubectl virtop ${command}`);
    assert.match(stdout, /Use "kubectl virtop options" for the flags/);
    assert.is((await call('help', command)).stdout, stdout);
  }
});

const REFUSED: [args: string, message: string][] = [
  ['stauts', 'unknown command "stauts"; did you mean status?'],
  ['desc', 'unknown command "desc"; did you mean describe?'],
  ['frobnicate', 'unknown command "frobnicate"'],
  ['status --otput json', 'unknown flag: --otput; did you mean --output?'],
  ['status --contxt=a', 'unknown flag: --contxt; did you mean --context?'],
  ['--version', 'unknown flag: --version; did you mean version?'],
  ['logs --tial=3', 'unknown flag: --tial; did you mean --tail?'],
  ['status --no-color', 'unknown flag: --no-color; did you mean --color?'],
  ['logs --tail=some', 'invalid value "some" for --tail: use a number of lines, or -1 for all'],
  ['logs --since=today', 'invalid value "today" for --since: use a duration such as 10m or 1h'],
  ['status -f', 'unknown shorthand flag: -f'],
  ['status --previous', 'unknown flag: --previous'],
  ['status --frobnicate', 'unknown flag: --frobnicate'],
  ['status -x', 'unknown shorthand flag: -x'],
  ['version --fail-on never', 'unknown flag: --fail-on'],
  ['status --context', 'flag needs an argument: --context'],
  ['status -n', "flag needs an argument: 'n' in -n"],
  ['status extra', 'unexpected arguments: extra'],
  ['describe pod a b', 'unexpected arguments: b'],
  [
    'status -o table',
    'unable to match a printer suitable for the output format "table", allowed formats are: json,jsonpath=,junit,markdown,name,text,wide,yaml',
  ],
  ['status --color sometimes', 'invalid value "sometimes" for --color: must be one of auto, always, never'],
  [
    'status --fail-on maybe',
    'invalid value "maybe" for --fail-on: must be one of never, critical, warning, incomplete',
  ],
  [
    'status --request-timeout soon',
    'invalid value "soon" for --request-timeout: use a number of seconds or a duration such as 10s, 2m or 1h',
  ],
];

for (const [args, message] of REFUSED) {
  test(`refused: ${args}`, async () => {
    assert.equal(await call(...args.split(' ')), { code: 2, stdout: '', stderr: `error: ${message}\n` });
  });
}

test('global flags come before or after the command', async () => {
  for (const args of [
    '--color never version --client',
    'version --client --color never',
    '--color=never version --client',
  ]) {
    assert.equal(await call(...args.split(' ')), { code: 0, stdout: 'Client Version: v0.1.0\n', stderr: '' });
  }
});

test('what is no answer is one line on stderr and exit 1', async () => {
  const { code, stdout, stderr } = await call('status', '--from', '/nonexistent/cluster.yaml');
  assert.equal([code, stdout], [1, '']);
  assert.match(stderr, /^error: [^\n]*\/nonexistent\/cluster\.yaml[^\n]*\n$/);
});

test('version tells its own version also when there is no cluster', async () => {
  const { code, stdout, stderr } = await call('version');
  assert.equal([code, stdout], [1, 'Client Version: v0.1.0\n']);
  assert.match(stderr, /^error: no kubeconfig found/);
});

test("options lists every global flag in kubectl's layout", async () => {
  const { stdout } = await call('options');
  assert.match(stdout, "    -n, --namespace='':\n");
  assert.match(stdout, '    --as-group=[]:\n        Group to impersonate for the operation');
  assert.match(stdout, "    --request-timeout='10s':\n");
});

test.run();
