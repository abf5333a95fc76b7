import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { execCredential } from '../../../src/kube/config/exec-plugin.ts';
import type { ExecEntry } from '../../../src/kube/config/kubeconfig-file.ts';
import { runProgram } from '../../../src/kube/config/run-program.ts';
import { resolveTarget } from '../../../src/kube/config/target.ts';
import { logIn } from '../../../src/kube/open-cluster.ts';
import { AccessError } from '../../../src/model/errors.ts';
import { flagsWith, hostWith } from '../../helpers/connection.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('exec plugin', { seconds: 20 });
const V1 = 'client.authentication.k8s.io/v1';
const PATH = process.env.PATH ?? '';
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'exec-'));
});
test.after.each(() => rmSync(folder, { recursive: true }));

/** What a plugin yields, which is this shell script; or the error. */
async function yieldOf(script: string, more: ExecEntry = {}, isTerminal = false): Promise<unknown> {
  const command = join(folder, 'plugin');
  writeFileSync(command, `#!/bin/sh\n${script}\n`);
  chmodSync(command, 0o755);
  const host = hostWith({ PATH, HOME: folder }, { isTerminal });
  const { cluster, ...target } = resolveTarget(flagsWith({ server: 'https://api:6443' }), host);
  try {
    return await execCredential(
      { apiVersion: V1, command, ...more },
      { ...target, cluster: { ...cluster, user: 'alice' } },
      host,
    );
  } catch (error) {
    assert.instance(error, AccessError);
    const { code, message } = error as AccessError;
    return `${code}: ${message.replaceAll(folder, 'FOLDER')}`;
  }
}

function credential(status: object, apiVersion = V1): string {
  return `echo '${JSON.stringify({ kind: 'ExecCredential', apiVersion, status })}'`;
}

test('a plugin yields a token or a certificate', async () => {
  assert.equal(await yieldOf(credential({ token: 't' })), {
    token: 't',
    certificate: null,
    key: null,
    expiresAt: null,
  });
  const pair = { clientCertificateData: 'c', clientKeyData: 'k' };
  assert.equal(await yieldOf(credential(pair)), { token: null, certificate: 'c', key: 'k', expiresAt: null });
  const beta = 'client.authentication.k8s.io/v1beta1';
  assert.equal(await yieldOf(credential({ token: 't' }, beta), { apiVersion: beta }), {
    token: 't',
    certificate: null,
    key: null,
    expiresAt: null,
  });
  const until = { token: 't', expirationTimestamp: '2026-03-01T00:00:00Z' };
  assert.is(((await yieldOf(credential(until))) as { expiresAt: number }).expiresAt, Date.UTC(2026, 2, 1));
});

test('a plugin is told what it is asked for, with its arguments and environment', async () => {
  const script = `test "$1 $NAME" = "login value" || exit 9
test "$KUBERNETES_EXEC_INFO" = '{"kind":"ExecCredential","apiVersion":"${V1}","spec":{"interactive":false,"cluster":{"server":"https://api:6443","config":null}}}' || exit 8
${credential({ token: 't' })}`;
  const more = { args: ['login'], env: [{ name: 'NAME', value: 'value' }], provideClusterInfo: true };
  assert.equal(await yieldOf(script, more), { token: 't', certificate: null, key: null, expiresAt: null });
});

test('a plugin that fails is named, its output never repeated', async () => {
  const plugin = 'credential plugin FOLDER/plugin of user alice';
  const cases: [string, ExecEntry, string][] = [
    ['echo secret; exit 3', {}, `exec-plugin-failed: ${plugin} failed with exit code 3; run it by itself to see more`],
    [
      'echo first >&2; echo "no network" >&2; exit 1',
      {},
      `exec-plugin-failed: ${plugin} failed with exit code 1: no network; run it by itself to see more`,
    ],
    [
      'echo secret-token',
      {},
      `exec-plugin-failed: ${plugin} did not print an ExecCredential; run it by itself to see what it prints`,
    ],
    [
      credential({ clientKeyData: 'k' }),
      {},
      `exec-plugin-failed: ${plugin} returned neither a token nor a certificate with its key; log in with it anew`,
    ],
    [
      credential({ token: 't' }, 'other/v1'),
      {},
      `exec-plugin-failed: ${plugin} answered with apiVersion "other/v1" where the kubeconfig says "${V1}"; correct the kubeconfig`,
    ],
    [
      '',
      { command: 'no-such-plugin', installHint: 'Install it\n  from example.org' },
      'exec-plugin-missing: credential plugin no-such-plugin of user alice is not installed; Install it from example.org',
    ],
    [
      '',
      { apiVersion: 'v1alpha1' },
      `kubeconfig: ${plugin} has apiVersion "v1alpha1", kubectl knows ${V1} and ${V1}beta1`,
    ],
    [
      '',
      { interactiveMode: 'Always' },
      `exec-plugin-failed: ${plugin} must ask you something; run this on a terminal, for this context alone`,
    ],
  ];
  for (const [script, more, expected] of cases) assert.is(await yieldOf(script, more), expected);
});

test('a plugin that the kuberc forbids is not run', async () => {
  const kuberc = (policy: string) => {
    const text = `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${policy}`;
    mkdirSync(join(folder, '.kube'), { recursive: true });
    writeFileSync(join(folder, '.kube', 'kuberc'), text);
  };
  const token = { token: 't', certificate: null, key: null, expiresAt: null };
  kuberc('credentialPluginPolicy: DenyAll\n');
  assert.is(
    await yieldOf('touch ran'),
    'exec-plugin-failed: FOLDER/.kube/kuberc forbids the credential plugin FOLDER/plugin (credentialPluginPolicy: DenyAll); allow it there, or use another user',
  );
  kuberc('credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: other}]\n');
  assert.match(String(await yieldOf(credential({ token: 't' }))), /forbids/);
  kuberc(`credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: ${folder}/plugin}]\n`);
  assert.equal(await yieldOf(credential({ token: 't' })), token);
  kuberc('credentialPluginPolicy: AllowAll\n');
  assert.equal(await yieldOf(credential({ token: 't' })), token);
});

test('a program that hangs is ended, with all that it started', async () => {
  const killed: number[] = [];
  const owned: string[] = [];
  const ownGroup = () => {
    owned.push('owned');
    return () => owned.push('disowned');
  };
  const killGroup = (leader: number) => {
    killed.push(leader);
    process.kill(-leader, 'SIGKILL');
  };
  const options = { env: { PATH }, interactive: false, timeoutMs: 100, killGroup, ownGroup };
  const outcome = await runProgram('sh', ['-c', 'echo waiting >&2; sleep 600 | cat'], options);
  assert.equal(outcome, { end: 'timeout', code: null, stderr: 'waiting' });
  assert.is(killed.length, 1);
  assert.equal(owned, ['owned', 'disowned']);
});

test('a login lasts as long as its plugin says', async () => {
  const login = async (expirationTimestamp: string) => {
    const command = join(folder, 'plugin');
    writeFileSync(command, `#!/bin/sh\n${credential({ token: 't', expirationTimestamp })}\n`);
    chmodSync(command, 0o755);
    const exec = { apiVersion: V1, command, interactiveMode: 'Never' };
    const config = {
      'current-context': 'c',
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: 'https://api:6443' } }],
      users: [{ name: 'u', user: { exec } }],
    };
    const path = join(folder, 'config');
    writeFileSync(path, JSON.stringify(config));
    return logIn(flagsWith({ kubeconfig: path }), hostWith({ PATH, HOME: folder }), 'test');
  };
  assert.is((await login('2199-01-01T00:00:00Z')).hasExpired(), false);
  assert.is((await login('2026-01-01T00:00:00Z')).hasExpired(), true);
});

test.run();
