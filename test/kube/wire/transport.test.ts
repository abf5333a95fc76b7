import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { openTransport, type Patience, type Transport } from '../../../src/kube/wire/transport.ts';
import type { Answer, ApiRequest } from '../../../src/model/request.ts';
import { makeCertificate } from '../../helpers/certificate.ts';
import { archiveOf, healthyCluster } from '../../helpers/cluster.ts';
import { answer, drip, goAway, page, reset, shortBody, silence, stall, status } from '../../helpers/faults.ts';
import { type Behaviour, type ServerOptions, startServer, type TestServer } from '../../helpers/server.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('transport', { seconds: 20 });
const PODS: ApiRequest = { path: '/api/v1/namespaces/kubevirt/pods' };
const archive = archiveOf(healthyCluster());
const ENOUGH: Patience = { totalMs: 15_000 };
const open: { close(): unknown }[] = [];

test.after.each(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function serve(options: ServerOptions = {}): Promise<TestServer> {
  const server = await startServer(archive, options);
  open.unshift(server);
  return server;
}

function connect(server: { url: string; ca?: string }, patience = ENOUGH, path = ''): Transport {
  const tls = { ca: server.ca ?? null, verify: true, servername: null, certificate: null, key: null };
  const endpoint = { server: new URL(server.url + path), proxy: null, tls };
  const transport = openTransport(endpoint, { 'accept-encoding': 'gzip, br', authorization: 'Bearer t' }, patience);
  open.unshift(transport);
  return transport;
}

/** The answer to one request for which the server behaves oddly, always or only `times` times. */
async function answerTo(behaviour: Behaviour, options: ServerOptions & { times?: number; patience?: Patience } = {}) {
  const { times = Number.POSITIVE_INFINITY, patience = ENOUGH, ...rest } = options;
  const server = await serve({ ...rest, behave: (_path, count) => (count < times ? behaviour : undefined) });
  return { answer: words(await connect(server, patience).ask(PODS)), requests: server.requests.length };
}

/** What one would say of an answer. */
function words(reply: Answer): string {
  if (reply.status === 'failed') return `${reply.reason}: ${reply.message.replaceAll(/127\.0\.0\.1:\d+/g, 'SERVER')}`;
  return reply.status === 'forbidden' ? `forbidden: ${reply.message}` : reply.status;
}

for (const protocol of ['h2', 'http/1.1'] as const) {
  test(`${protocol}: many requests at once are answered, with the server's date`, async () => {
    const server = await serve({ protocol });
    const { ask } = connect(server);
    const sixAtOnce = () => Promise.all(Array.from({ length: 6 }, () => ask(PODS)));
    const answers = [...(await sixAtOnce()), ...(await sixAtOnce())];
    assert.equal(new Set(answers.map(words)), new Set(['read']));
    assert.is(answers[0]?.date, 'Sun, 01 Mar 2026 03:00:00 GMT');
    assert.match(server.requests[0] ?? '', protocol === 'h2' ? /^HTTP\/2/ : /^HTTP\/1\.1/);
    assert.is(server.lastHeaders().authorization, 'Bearer t');
    assert.ok(server.connections() <= (protocol === 'h2' ? 1 : 6), `${server.connections()} connections`);
  });

  test(`${protocol}: a broken answer is asked for once more`, async () => {
    for (const fault of [reset, shortBody, answer(200, '{"kind": "Po')]) {
      assert.equal(await answerTo(fault, { protocol, times: 1 }), { answer: 'read', requests: 2 });
    }
    const { answer: reply, requests } = await answerTo(reset, { protocol });
    assert.match(reply, /^api-unreachable: the connection to SERVER broke off \(/);
    assert.is(requests, 2);
    assert.equal(
      (await answerTo(answer(200, '{"kind": "Po'), { protocol })).answer,
      'api-degraded: the answer was cut short',
    );
  });

  test(`${protocol}: silence ends with the deadline`, async () => {
    const patience = { totalMs: 200 };
    for (const fault of [silence, stall, drip]) {
      const { answer: reply } = await answerTo(fault, { protocol, patience });
      assert.is(reply, 'timeout: no answer within 0.2s');
    }
    const idle = await answerTo(stall, { protocol, patience: { ...ENOUGH, idleMs: 100 } });
    assert.is(idle.answer, 'timeout: no answer within 0.1s');
  });
}

test('a refusal is told apart from an absence and from a failure', async () => {
  const cases: [Behaviour, string][] = [
    [status(403, 'pods is forbidden: User "bob" cannot list'), 'forbidden: pods is forbidden: User "bob" cannot list'],
    [status(404, 'pods "x" not found'), 'absent'],
    [answer(404, '404 page not found\n', { 'content-type': 'text/plain' }), 'absent'],
    [status(401, 'Unauthorized'), 'auth-unauthorized: Unauthorized'],
    [page(401), 'auth-unauthorized: HTTP status 401'],
    [status(400, 'field label not supported'), 'not-kubernetes: field label not supported'],
    [
      answer(200, 'hello', { 'content-type': 'text/plain' }),
      'not-kubernetes: the answer is text/plain in place of JSON',
    ],
    [page(200), 'not-kubernetes: the answer is a web page, from a proxy or a login in front of the API server'],
    [page(403), 'not-kubernetes: the answer is a web page, from a proxy or a login in front of the API server'],
    [
      answer(200, '<html>'),
      'not-kubernetes: the answer is a web page, from a proxy or a login in front of the API server',
    ],
    [
      answer(302, '', { location: 'https://login.example/?next=x' }),
      'not-kubernetes: the server redirects to login.example',
    ],
  ];
  for (const [fault, expected] of cases) assert.equal(await answerTo(fault), { answer: expected, requests: 1 });
});

test('an overloaded or failing server is asked once more, when it says so', async () => {
  const soon = { 'retry-after': '0' };
  assert.equal(await answerTo(status(429, 'try later', soon), { times: 1 }), { answer: 'read', requests: 2 });
  assert.equal(await answerTo(status(503, 'not ready', soon), { times: 1 }), { answer: 'read', requests: 2 });
  assert.equal(await answerTo(status(500, 'etcdserver: request timed out', soon)), {
    answer: 'api-degraded: etcdserver: request timed out',
    requests: 2,
  });
  assert.equal((await answerTo(page(503))).answer, 'api-degraded: HTTP status 503');
  const never = await answerTo(status(429, 'Too many requests', { 'retry-after': '3600' }));
  assert.equal(never, { answer: 'api-throttled: Too many requests', requests: 1 });
});

test("a server's words become one short line without control characters", async () => {
  const { answer: reply } = await answerTo(status(403, `no\n\u001b[31m${'x'.repeat(500)}`));
  assert.is(reply, `forbidden: no [31m${'x'.repeat(293)}…`);
});

test('compressed answers are read; huge ones are refused', async () => {
  const body = gzipSync(JSON.stringify({ kind: 'PodList', items: [] }));
  const zipped: Behaviour = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(body);
  };
  assert.is((await answerTo(zipped)).answer, 'read');
  const bomb = gzipSync(Buffer.alloc(17 * 1024 * 1024, ' '));
  const explode: Behaviour = (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(bomb);
  };
  assert.is((await answerTo(explode)).answer, 'too-large: the answer is larger than 16 MiB');
  const flood = answer(200, `"${'x'.repeat(17 * 1024 * 1024)}"`);
  assert.is((await answerTo(flood)).answer, 'too-large: the answer is larger than 16 MiB');
});

test('a server that wants a new connection gets one', async () => {
  const server = await serve({ behave: (_path, count) => (count === 0 ? goAway(answer(200, '{}')) : undefined) });
  const { ask } = connect(server);
  assert.is(words(await ask(PODS)), 'read');
  assert.is(words(await ask(PODS)), 'read');
  assert.is(server.connections(), 2);
});

test('tables and metadata are asked for as such, below the path of the server', async () => {
  const server = await serve({ behave: () => answer(200, '{}') });
  const { ask } = connect(server, ENOUGH, '/k8s/clusters/c-1/');
  await ask({ path: '/api/v1/nodes', query: { limit: '5', labelSelector: 'a in (b)' }, form: 'table' });
  assert.equal(server.requests, [
    'HTTP/2.0 GET /k8s/clusters/c-1/api/v1/nodes?limit=5&labelSelector=a+in+%28b%29&includeObject=None',
  ]);
  assert.match(server.lastHeaders().accept ?? '', /^application\/json;as=Table;v=v1;g=meta.k8s.io,application\/json$/);
  await ask({ path: '/api/v1/nodes', query: { limit: '1' }, form: 'metadata' });
  assert.match(server.lastHeaders().accept ?? '', /as=PartialObjectMetadataList;/);
  await ask({ path: '/api/v1/nodes/n1', form: 'metadata' });
  assert.match(server.lastHeaders().accept ?? '', /as=PartialObjectMetadata;/);
});

test('a plain HTTP server is spoken to without TLS', async () => {
  const server = await serve({ protocol: 'http' });
  assert.is(words(await connect(server).ask(PODS)), 'read');
});

test('TLS to a server that speaks plain HTTP, and the reverse, says so', async () => {
  const plain = await serve({ protocol: 'http' });
  const viaTls = words(await connect({ url: plain.url.replace('http', 'https') }).ask(PODS));
  assert.is(viaTls, 'not-kubernetes: the server does not speak TLS; should its address begin with http:// ?');
});

test('a certificate that is not trusted, expired or for another name is refused, and shown', async () => {
  const server = await serve();
  const refusalOf = async (url: string, ca?: string) =>
    words(await connect(ca ? { url, ca } : { url }).ask(PODS)).replace(/\d{4}-\S+Z/, 'DATE');
  assert.is(
    await refusalOf(server.url),
    'api-tls-untrusted: no certificate authority that is trusted signed its certificate (issued by test-api, valid until DATE)',
  );
  const expired = await serve({ certificate: makeCertificate('old', undefined, -1) });
  assert.is(
    await refusalOf(expired.url, expired.ca),
    'api-tls-untrusted: its certificate has expired (issued by old, valid until DATE)',
  );
  const named = await serve({ certificate: makeCertificate('other', 'DNS:other.example') });
  assert.is(
    await refusalOf(named.url, named.ca),
    'api-tls-untrusted: its certificate is not for 127.0.0.1 (issued by other, valid until DATE)',
  );
  assert.equal(server.requests, []);
});

test('no server, no name and no TLS handshake are told apart', async () => {
  const server = await startServer(archive);
  await server.close();
  assert.is(words(await connect(server).ask(PODS)), 'api-unreachable: connection to SERVER refused');
  const unknown = words(await connect({ url: 'https://no-such-host.invalid:6443' }).ask(PODS));
  assert.match(unknown, /^api-unreachable: the name no-such-host\.invalid cannot be resolved$/);
  const mute = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  open.unshift({ close: () => mute.close() });
  const url = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  assert.is(
    words(await connect({ url }, { ...ENOUGH, connectMs: 100 }).ask(PODS)),
    'timeout: no connection within 0.1s',
  );
});

test('a connection that failed is not tried again by later requests', async () => {
  const server = await startServer(archive);
  await server.close();
  const { ask } = connect(server);
  assert.equal(await ask(PODS), await ask(PODS));
});

test('what is under way when it is closed settles', async () => {
  const server = await serve({ behave: () => silence });
  const transport = connect(server);
  const pending = transport.ask(PODS);
  transport.close();
  assert.is((await pending).status, 'failed');
  assert.is((await transport.ask(PODS)).status, 'failed');
});

test.run();
