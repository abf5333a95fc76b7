import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import type { ConnectionFlags } from '../../../src/kube/config/connection-flags.ts';
import { credentialsOf } from '../../../src/kube/config/credentials.ts';
import { inClusterConfig } from '../../../src/kube/config/in-cluster.ts';
import { resolveTarget } from '../../../src/kube/config/target.ts';
import { UserError } from '../../../src/model/errors.ts';
import { makeCertificate } from '../../helpers/certificate.ts';
import { flagsWith, hostWith } from '../../helpers/connection.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('kubeconfig');
let folder = '';

test.before.each(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
});
test.after.each(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** A kubeconfig whose context, cluster and user all have this name. */
function config(name: string, server: string, user: object = { token: name }, cluster: object = {}): string {
  return JSON.stringify({
    'current-context': name,
    clusters: [{ name, cluster: { server, ...cluster } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    users: [{ name, user }],
  });
}

function target(env: Record<string, string>, flags: Partial<ConnectionFlags> = {}) {
  return resolveTarget(flagsWith(flags), hostWith(env));
}

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.instance(error, UserError);
    return (error as UserError).message.replaceAll(folder, 'FOLDER');
  }
  return 'no error';
}

/** The headers of the user that a kubeconfig and flags name, or the error. */
async function headersOf(user: object, flags: Partial<ConnectionFlags> = {}): Promise<unknown> {
  const host = hostWith({ KUBECONFIG: write('user', config('u', 'https://h', user)) });
  try {
    return (await credentialsOf(resolveTarget(flagsWith(flags), host), host)).headers;
  } catch (error) {
    assert.instance(error, UserError);
    return (error as UserError).message.replaceAll(folder, 'FOLDER');
  }
}

test('the flag goes before $KUBECONFIG, and that before the home folder', () => {
  write('.kube/config', config('home', 'https://home'));
  const listed = write('listed', config('listed', 'https://listed'));
  const named = write('named', config('named', 'https://named:6443'));
  const env = { HOME: folder, KUBECONFIG: listed };
  assert.equal(target({ HOME: folder }).cluster, { context: 'home', server: 'https://home', user: 'home' });
  assert.is(target(env).cluster.server, 'https://listed');
  assert.is(target(env, { kubeconfig: named }).cluster.server, 'https://named:6443');
});

test('of several files the first to name something counts, and missing ones are skipped', () => {
  const first = write('first', config('a', 'https://first'));
  const second = write('second', config('b', 'https://second'));
  const again = write('again', config('a', 'https://again'));
  const env = { KUBECONFIG: [join(folder, 'none'), first, second, again].join(delimiter) };
  assert.equal(target(env).cluster, { context: 'a', server: 'https://first', user: 'a' });
  assert.is(target(env, { context: 'b' }).cluster.server, 'https://second');
});

test('flags replace what the context says', () => {
  const env = {
    KUBECONFIG: [write('a', config('a', 'https://a')), write('b', config('b', 'https://b'))].join(delimiter),
  };
  assert.equal(target(env, { cluster: 'b', user: 'b' }).cluster, { context: 'a', server: 'https://b', user: 'b' });
  const { server, verify, tlsServerName } = target(env, {
    server: 'https://c:1/x',
    insecureSkipTlsVerify: true,
    tlsServerName: 'd',
  });
  assert.equal([server.href, verify, tlsServerName], ['https://c:1/x', false, 'd']);
  assert.equal(target({ HOME: folder }, { server: 'https://only' }).cluster, {
    context: null,
    server: 'https://only',
    user: null,
  });
});

test('paths in a kubeconfig start from its folder, and a flag goes before both file and data', () => {
  const pem = (text: string) => `-----BEGIN CERTIFICATE-----\n${text}`;
  write('pki/ca.crt', pem('file'));
  const file = { 'certificate-authority': 'pki/ca.crt' };
  const data = { 'certificate-authority-data': Buffer.from(pem('data')).toString('base64') };
  assert.is(target({ KUBECONFIG: write('a', config('a', 'https://a', {}, file)) }).ca, pem('file'));
  assert.is(target({ KUBECONFIG: write('b', config('b', 'https://b', {}, data)) }).ca, pem('data'));
  const flag = { certificateAuthority: write('other.crt', pem('flag')) };
  assert.is(target({ KUBECONFIG: join(folder, 'b') }, flag).ca, pem('flag'));
  assert.is(
    messageOf(() => target({}, { server: 'https://h', certificateAuthority: write('no.crt', 'hello') })),
    'the certificate authority is no PEM; fetch the kubeconfig anew',
  );
});

test('a pod talks to its own cluster as its service account', () => {
  const host = hostWith({ KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443' });
  assert.is(inClusterConfig(host, folder), null);
  write('token', 't');
  const config = inClusterConfig(host, folder);
  assert.equal(config?.clusters.get('in-cluster'), {
    server: 'https://[fd00::1]:443',
    'certificate-authority': `${folder}/ca.crt`,
  });
  assert.equal(config?.users.get('in-cluster'), { tokenFile: `${folder}/token` });
  assert.is(inClusterConfig(hostWith({}), folder), null);
});

test('what is wrong with a kubeconfig is one line that names the file and the way out', () => {
  const many = ['prod', 'prod-eu', 'staging'].map((name) => ({ name, context: { cluster: name } }));
  const contexts = write('many', JSON.stringify({ contexts: many }));
  const cases: [string, () => unknown][] = [
    [
      'no kubeconfig found (looked in FOLDER/.kube/config), and this is no pod; give one with --kubeconfig',
      () => target({ HOME: folder }),
    ],
    [
      'no kubeconfig found (looked in FOLDER/x, FOLDER/y), and this is no pod; give one with --kubeconfig',
      () => target({ KUBECONFIG: `${folder}/x${delimiter}${folder}/y` }),
    ],
    ['kubeconfig FOLDER/none does not exist', () => target({}, { kubeconfig: `${folder}/none` })],
    [
      'the kubeconfig (FOLDER/empty) holds no context; give another one with --kubeconfig',
      () => target({ KUBECONFIG: write('empty', '') }),
    ],
    [
      'FOLDER/text is not a kubeconfig; give another one with --kubeconfig',
      () => target({ KUBECONFIG: write('text', 'hello') }),
    ],
    [
      'the kubeconfig names no current context; choose one with --context: prod, prod-eu, staging',
      () => target({ KUBECONFIG: contexts }),
    ],
    [
      'the kubeconfig has no context "stagin"; did you mean staging? choose one with --context: staging, prod, prod-eu',
      () => target({ KUBECONFIG: contexts }, { context: 'stagin' }),
    ],
    [
      `context "prod" names no cluster`,
      () => target({ KUBECONFIG: write('c', '{"contexts": [{"name": "prod"}]}') }, { context: 'prod' }),
    ],
    ['the kubeconfig has no cluster "prod"', () => target({ KUBECONFIG: contexts }, { context: 'prod' })],
    [
      '"ftp://h" is not the address of a server; give one such as https://HOST:6443 with --server',
      () => target({}, { server: 'ftp://h' }),
    ],
  ];
  for (const [expected, act] of cases) assert.is(messageOf(act), expected);
  const broken = write('broken', 'clusters:\n- name: a\n  cluster: {\n');
  assert.match(
    messageOf(() => target({ KUBECONFIG: broken })),
    /^kubeconfig FOLDER\/broken:4:1 is not valid YAML: /,
  );
});

test('a user is shown by token, token file, password or not at all', async () => {
  const file = write('token', ' from-file \n');
  assert.equal(await headersOf({ token: 't' }), { authorization: 'Bearer t' });
  assert.equal(await headersOf({ token: 't', tokenFile: file }), { authorization: 'Bearer from-file' });
  assert.equal(await headersOf({ username: 'u', password: 'p' }), { authorization: 'Basic dTpw' });
  assert.equal(await headersOf({}), {});
  assert.equal(await headersOf({ token: 't' }, { token: 'flag' }), { authorization: 'Bearer flag' });
  assert.equal(await headersOf({ token: 't', tokenFile: join(folder, 'none') }), { authorization: 'Bearer t' });
  assert.match(String(await headersOf({ token: 'two\nlines' })), /holds a line break/);
  assert.match(String(await headersOf({ tokenFile: write('nothing', ' \n') })), /is empty; log in again/);
  assert.is(
    await headersOf({ tokenFile: join(folder, 'none') }),
    "cannot read FOLDER/none, the kubeconfig's tokenFile: ENOENT; fetch the kubeconfig anew",
  );
});

test('what kubectl refuses in a kubeconfig is refused, and said in one line', async () => {
  const proxy = { 'proxy-url': 'ftp://h' };
  const clusters: [RegExp, object, Partial<ConnectionFlags>?][] = [
    [
      /has both certificate-authority and certificate-authority-data/,
      { 'certificate-authority': 'x', 'certificate-authority-data': 'eA==' },
    ],
    [
      /has both a certificate authority and insecure/,
      { 'certificate-authority': 'x', 'insecure-skip-tls-verify': true },
    ],
    [/the proxy-url of cluster "n" is no address/, proxy],
    [/clusters\[0\]\.cluster\.certificate-authority-data must be base64$/, { 'certificate-authority-data': 'secret!' }],
    [
      /^kubeconfig FOLDER\/n:1:\d+: clusters\[0\]\.cluster\.disable-compression must be true or false, and is text$/,
      { 'disable-compression': 'yes' },
    ],
  ];
  for (const [expected, cluster] of clusters) {
    assert.match(
      messageOf(() => target({ KUBECONFIG: write('n', config('n', 'https://h', {}, cluster)) })),
      expected,
    );
  }
  const users: [RegExp, object][] = [
    [/has both a token and a username or password/, { token: 't', username: 'u' }],
    [/has a client certificate without its key/, { 'client-certificate-data': 'eA==' }],
    [
      /has both client-key and client-key-data/,
      { 'client-certificate-data': 'eA==', 'client-key': 'x', 'client-key-data': 'eA==' },
    ],
    [/has as-uid, as-groups or as-user-extra without as/, { 'as-groups': ['a'] }],
    [/has both exec and auth-provider/, { exec: { command: 'x' }, 'auth-provider': { name: 'oidc' } }],
    [/has no interactiveMode/, { exec: { command: 'x', apiVersion: 'client.authentication.k8s.io/v1' } }],
    [/users\[0\]\.user\.token must be text, and is a number$/, { token: 5 }],
  ];
  for (const [expected, user] of users) assert.match(String(await headersOf(user)), expected);
  const twice = write('twice', '{"users": [{"name": "a"}, {"name": "a"}]}');
  assert.match(
    messageOf(() => target({ KUBECONFIG: twice })),
    /has two entries named "a" in users/,
  );
});

test('without TLS no login is shown', async () => {
  const host = hostWith({ KUBECONFIG: write('plain', config('u', 'http://h', { token: 't', as: 'bob' })) });
  const { headers } = await credentialsOf(resolveTarget(flagsWith(), host), host);
  assert.equal(headers, { 'impersonate-user': 'bob' });
});

test('a login that flags give is not called by the name of the user of the context', () => {
  const env = { KUBECONFIG: write('u', config('u', 'https://h')) };
  assert.is(target(env).cluster.user, 'u');
  assert.is(target(env, { token: 'other' }).cluster.user, null);
  assert.is(target(env, { user: 'u', token: 'other' }).cluster.user, 'u');
});

test('a flag for the server or its authority replaces what the kubeconfig says of them', () => {
  const cluster = { 'tls-server-name': 'name', 'insecure-skip-tls-verify': true };
  const env = { KUBECONFIG: write('u', config('u', 'https://h', {}, cluster)) };
  assert.is(target(env, { server: 'https://other' }).tlsServerName, null);
  const certificateAuthority = write('ca.crt', '-----BEGIN CERTIFICATE-----');
  assert.is(target(env, { certificateAuthority }).verify, true);
  assert.is(target(env, { server: 'other:6443' }).cluster.server, 'http://other:6443');
  assert.is(target({ HOME: folder, KUBERNETES_MASTER: 'http://master' }).cluster.server, 'http://master');
});

test('impersonation is asked for by headers', async () => {
  const flags = { as: 'bob', asUid: '7', asGroup: ['a', 'b'], asUserExtra: ['x/y=1', 'no pair', 'x/y=2'] };
  assert.equal(await headersOf({}, flags), {
    'impersonate-user': 'bob',
    'impersonate-uid': '7',
    'impersonate-group': ['a', 'b'],
    'impersonate-extra-x%2fy': ['1', '2'],
  });
  assert.equal(await headersOf({ as: 'eve' }), { 'impersonate-user': 'eve' });
  assert.equal(await headersOf({}, { as: 'jürgen' }), { 'impersonate-user': 'j\u00c3\u00bcrgen' });
  assert.throws(() => target({}, { server: 'https://h', asGroup: ['a'] }), /need --as/);
});

test('a certificate is used only with its key', async () => {
  const [one, other] = [makeCertificate('one'), makeCertificate('other')];
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const user = (certificate: string, key: string) =>
    headersOf({ 'client-certificate-data': encoded(certificate), 'client-key-data': encoded(key) });
  assert.equal(await user(one.certificate, one.key), {});
  assert.is(
    await user(one.certificate, other.key),
    'the client key of user u does not belong to its certificate; fetch the kubeconfig anew',
  );
  assert.is(await user('hello', one.key), 'the client certificate of user u is no PEM; fetch the kubeconfig anew');
});

test('what has expired is named before anything is sent', async () => {
  const old = makeCertificate('alice', undefined, -1);
  const encoded = (text: string) => Buffer.from(text).toString('base64');
  const user = { 'client-certificate-data': encoded(old.certificate), 'client-key-data': encoded(old.key) };
  assert.match(
    String(await headersOf(user)),
    /^the client certificate of user u \(CN=alice\) expired at \d{4}-.*Z; renew it, or fetch the kubeconfig anew$/,
  );
  assert.equal(await headersOf(user, { token: 't' }), { authorization: 'Bearer t' });
  const token = `x.${Buffer.from('{"exp": 1}').toString('base64url')}.y`;
  assert.is(
    await headersOf({ token }),
    'the token of user u expired at 1970-01-01T00:00:01.000Z; log in again, or fetch the kubeconfig anew',
  );
  assert.is(
    await headersOf({ 'auth-provider': { name: 'oidc', config: { 'id-token': token, 'refresh-token': 'r' } } }),
    'the OIDC token of user u expired at 1970-01-01T00:00:01.000Z; run any kubectl command, which renews it, and try again',
  );
  assert.match(
    String(await headersOf({ 'auth-provider': { name: 'gcp' } })),
    /auth-provider "gcp", which kubectl dropped/,
  );
});

test.run();
