import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as assert from 'uvu/assert';
import { openCluster } from '../../../src/kube/open-cluster.ts';
import { gather } from '../../../src/kube/read/gather.ts';
import { AccessError } from '../../../src/model/errors.ts';
import { archiveOf, healthyCluster } from '../../helpers/cluster.ts';
import { flagsWith, hostWith } from '../../helpers/connection.ts';
import { page, silence, stall, status } from '../../helpers/faults.ts';
import { type Behaviour, startServer } from '../../helpers/server.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('access', { seconds: 20 });
const archive = archiveOf(healthyCluster());
const NOTHING = () => undefined;

/** The error that a person sees when the server behaves so to every request, or what was gathered. */
async function outcome(
  behave: () => Behaviour | undefined,
  totalMs = 10_000,
  user: string | null = 'alice',
): Promise<string> {
  const server = await startServer(archive, { behave });
  const flags = flagsWith({ server: server.url, insecureSkipTlsVerify: true, token: 't' });
  const { ask, cluster, close } = await openCluster(flags, hostWith({}), { totalMs }, 'test');
  try {
    const { namespace, reads } = await gather(ask, { cluster: { ...cluster, context: 'prod', user } });
    return `${namespace} ${reads.deployment.status}`;
  } catch (error) {
    assert.instance(error, AccessError);
    return `${(error as AccessError).code}: ${(error as AccessError).message.replace(server.url, 'SERVER')}`;
  } finally {
    close();
    await server.close();
  }
}

test('a token without a name is some login, not nobody', async () => {
  assert.is(
    await outcome(() => status(401, 'Unauthorized'), 10_000, null),
    'auth-unauthorized: SERVER (context prod) refuses the login that was given: Unauthorized; log in again, or fetch the kubeconfig anew',
  );
});

const cases: [string, Behaviour, string, number?][] = [
  [
    'a login that is not accepted',
    status(401, 'Unauthorized'),
    'auth-unauthorized: SERVER (context prod) refuses user alice: Unauthorized; log in again, or fetch the kubeconfig anew',
  ],
  [
    'a web page',
    page(200),
    'not-kubernetes: no Kubernetes API at SERVER (context prod): the answer is a web page, from a proxy or a login in front of the API server; check the server address in the kubeconfig, and any proxy or login page in front of it',
  ],
  [
    'an API server in trouble',
    status(500, 'etcdserver: request timed out', { 'retry-after': '0' }),
    'api-degraded: SERVER (context prod) answers with errors: etcdserver: request timed out; check kube-apiserver and etcd on the control-plane nodes',
  ],
  [
    'an overloaded API server',
    status(429, 'Too many requests.', { 'retry-after': '60' }),
    'api-throttled: SERVER (context prod) is overloaded: Too many requests; try again in a minute',
  ],
  [
    'silence',
    silence,
    'timeout: no answer from SERVER (context prod): no answer within 0.3s; check the network, or allow more time with --request-timeout',
    300,
  ],
  [
    'an answer that never ends',
    stall,
    'timeout: no answer from SERVER (context prod): no answer within 0.3s; check the network, or allow more time with --request-timeout',
    300,
  ],
];

for (const [name, behaviour, expected, totalMs] of cases) {
  test(`${name} is one line that names server and context and says what to do`, async () => {
    assert.is(await outcome(() => behaviour, totalMs), expected);
  });
}

test('a user who may read nothing gets evidence, not an error', async () => {
  assert.is(await outcome(() => status(403, 'forbidden')), 'null forbidden');
});

test('a cluster over the network gives the same evidence as its archive', async () => {
  assert.is(await outcome(NOTHING), 'kubevirt read');
});

/** What a program of its own prints that asks a server, with `ask` and `close` of a transport at hand. */
async function printed(
  url: string,
  verify: boolean,
  script: string,
  env: Record<string, string> = {},
): Promise<string> {
  const prelude = `
    import { openTransport } from './src/kube/wire/transport.ts';
    const tls = { ca: null, verify: ${verify}, servername: null, certificate: null, key: null };
    const patience = { totalMs: 60_000, connectMs: 60_000, idleMs: 60_000 };
    const { ask, close } = openTransport({ server: new URL('${url}'), proxy: null, tls }, {}, patience);`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '-e', prelude + script],
    { cwd: join(import.meta.dirname, '../../..'), env: { ...process.env, ...env }, timeout: 15_000 },
  );
  return stdout;
}

test('a process that closed its connection ends by itself', async () => {
  const server = await startServer(archive, { behave: (path) => (path.startsWith('/api/') ? silence : undefined) });
  const script = `
    const pending = ask({ path: '/api/v1/nodes' });
    console.log((await ask({ path: '/version' })).status);
    close();
    console.log((await pending).status);`;
  assert.is(await printed(server.url, false, script), 'read\nfailed\n');
  await server.close();
});

const SYSTEM_AUTHORITIES = "without a certificate authority in the kubeconfig, the system's are trusted";
if (process.platform === 'linux') test(SYSTEM_AUTHORITIES, trustsSystemAuthorities);
else test.skip(SYSTEM_AUTHORITIES, "only on Linux does SSL_CERT_FILE replace the system's list");

async function trustsSystemAuthorities() {
  const folder = mkdtempSync(join(tmpdir(), 'authorities-'));
  const server = await startServer(archive);
  writeFileSync(join(folder, 'ca.pem'), server.ca);
  const script = `
    console.log((await ask({ path: '/version' })).status);
    close();`;
  assert.is(await printed(server.url, true, script, { SSL_CERT_FILE: join(folder, 'ca.pem') }), 'read\n');
  assert.is(await printed(server.url, true, script), 'failed\n');
  rmSync(folder, { recursive: true });
  await server.close();
}

test.run();
