import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { run } from '../../src/cli.ts';
import type { OperatorReport } from '../../src/model/report.ts';
import { makeCertificate } from '../helpers/certificate.ts';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { page, silence, status } from '../helpers/faults.ts';
import { testIo } from '../helpers/io.ts';
import { startServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('no answer');
const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);
const CLOSED = 'https://127.0.0.1:1';
const folder = mkdtempSync(join(tmpdir(), 'virtop-access-'));
test.after(() => rmSync(folder, { recursive: true }));

async function call(...args: string[]) {
  const io = testIo({ LANG: 'C.UTF-8', HOME: '/nowhere', PATH: '' });
  const code = await run(['status', ...args], 'kubectl virtop', io);
  return { code, stdout: io.stdout.text, stderr: io.stderr.text };
}

/** The report on stdout, which has to be the published document, beside one line of error and exit code 1. */
async function report(...args: string[]): Promise<OperatorReport> {
  const { code, stdout, stderr } = await call(...args, '-o', 'json');
  assert.is(code, 1);
  assert.match(stderr, /^error: [^\n]+\n$/);
  assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
  return JSON.parse(stdout);
}

test('a server that nobody reaches is the cause api-unreachable, and all else is unknown', async () => {
  const { verdict, causes, alerts, operator, notChecked, cluster } = await report('--server', CLOSED);
  assert.is(verdict, 'incomplete');
  assert.equal(
    causes.map(({ code, severity, confidence }) => [code, severity, confidence]),
    [['api-unreachable', 'critical', 'certain']],
  );
  const [cause] = causes;
  assert.is(cause?.title, `cannot reach ${CLOSED}: connection to 127.0.0.1:1 refused`);
  assert.match(cause?.evidence[0]?.text ?? '', 'check the network, VPN or proxy');
  assert.equal([cause?.object.name, cluster.server], [CLOSED, CLOSED]);
  assert.is(cause?.mitigation?.command, 'kubectl config view --minify');
  assert.ok(alerts.length > 0 && alerts.every(({ state, since }) => state === 'unknown' && since === null));
  assert.ok(Object.values(operator).every((value) => value === null));
  assert.is(notChecked.length, 1);
});

test('YAML is the same document; text, wide and quiet print nothing on stdout', async () => {
  const { stdout } = await call('--server', CLOSED, '-o', 'yaml');
  const { causes } = parse(stdout, { version: '1.1' });
  assert.is(causes[0].code, 'api-unreachable');
  for (const args of [
    ['-o', 'text'],
    ['-o', 'wide'],
    ['-o', 'json', '--quiet'],
  ]) {
    const result = await call('--server', CLOSED, ...args);
    assert.equal([result.code, result.stdout], [1, '']);
  }
});

test('no kubeconfig', async () => {
  assert.is((await report()).causes[0]?.code, 'kubeconfig');
});

/** A kubeconfig whose user logs in so. */
function kubeconfig(user: object, server = CLOSED): string {
  const path = join(folder, 'config');
  const config = {
    'current-context': 'prod',
    clusters: [{ name: 'c', cluster: { server } }],
    contexts: ['prod', 'lab'].map((name) => ({ name, context: { cluster: 'c', user: 'alice' } })),
    users: [{ name: 'alice', user }],
  };
  writeFileSync(path, stringify(config));
  return path;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const expired = makeCertificate('alice', undefined, -1);
const plugin = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };

const LOGINS: [code: string, user: object][] = [
  ['exec-plugin-missing', { exec: { ...plugin, command: 'no-such-plugin' } }],
  ['exec-plugin-failed', { exec: { ...plugin, command: '/bin/false' } }],
  [
    'client-cert-expired',
    { 'client-certificate-data': base64(expired.certificate), 'client-key-data': base64(expired.key) },
  ],
  ['auth-unauthorized', { token: `e30.${base64('{"exp":1}')}.c2ln` }],
];

for (const [code, user] of LOGINS) {
  test(`a login that fails before anything is sent is ${code}, and names the cluster that was meant`, async () => {
    const { causes, cluster } = await report('--kubeconfig', kubeconfig(user));
    assert.is(causes[0]?.code, code);
    assert.equal(cluster, { context: 'prod', server: CLOSED, user: 'alice', version: null });
    assert.is(causes[0]?.evidence[0]?.source, 'context prod');
  });
}

const ANSWERS: [code: string, behaviour: ReturnType<typeof status>][] = [
  ['auth-unauthorized', status(401, 'Unauthorized')],
  ['api-throttled', status(429, 'Too many requests.', { 'retry-after': '60' })],
  ['api-degraded', status(500, 'etcdserver: request timed out', { 'retry-after': '0' })],
  ['not-kubernetes', page(200)],
];

for (const [code, behaviour] of ANSWERS) {
  test(`a server that answers nothing else is ${code}`, async () => {
    const server = await startServer(archiveOf(healthyCluster()), { behave: () => behaviour });
    try {
      const { causes } = await report('--server', server.url, '--insecure-skip-tls-verify', '--token', 't');
      assert.is(causes[0]?.code, code);
    } finally {
      await server.close();
    }
  });
}

test('a certificate that is not trusted is api-tls-untrusted, and one that never answers api-unreachable', async () => {
  const server = await startServer(archiveOf(healthyCluster()), { behave: () => silence });
  try {
    assert.is((await report('--server', server.url)).causes[0]?.code, 'api-tls-untrusted');
    const late = ['--insecure-skip-tls-verify', '--request-timeout', '300ms'];
    assert.is((await report('--server', server.url, ...late)).causes[0]?.code, 'api-unreachable');
  } finally {
    await server.close();
  }
});

test('a cluster without KubeVirt may be the wrong one: its context and the other contexts are named', async () => {
  const nodes = healthyCluster().filter(({ kind }) => kind === 'Node');
  const server = await startServer(archiveOf(nodes));
  try {
    const path = kubeconfig({ token: 't' }, server.url);
    const { code, stdout } = await call('--kubeconfig', path, '--insecure-skip-tls-verify', '-o', 'json');
    const { verdict, findings }: OperatorReport = JSON.parse(stdout);
    const [finding] = findings.filter((one) => one.code === 'wrong-cluster');
    assert.equal([code, verdict], [1, 'notInstalled']);
    assert.is(finding?.title, 'the cluster of context prod has no KubeVirt: another one may be meant');
    assert.is(finding?.evidence[1]?.text, 'other contexts: lab');
  } finally {
    await server.close();
  }
});

test.run();
