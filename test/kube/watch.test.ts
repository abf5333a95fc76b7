import * as assert from 'uvu/assert';
import { openTransport, type Transport } from '../../src/kube/wire/transport.ts';
import { archiveOf } from '../helpers/cluster.ts';
import { page, reset, silence, status } from '../helpers/faults.ts';
import { type Behaviour, type ServerOptions, startServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('watch', { seconds: 20 });
const PODS = { path: '/api/v1/namespaces/kubevirt/pods', query: { watch: '1' } };
const open: { close(): unknown }[] = [];

test.after.each(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Sends these pieces of an answer, and ends it unless told not to. */
function pieces(texts: string[], ends = true): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    for (const text of texts) response.write(text);
    if (ends) response.end();
  };
}

async function watchOf(
  behaviour: Behaviour,
  protocol: NonNullable<ServerOptions['protocol']>,
  limits: { silenceMs?: number } = {},
) {
  const server = await startServer(archiveOf([]), { protocol, behave: () => behaviour });
  const tls = { ca: server.ca, verify: true, servername: null, certificate: null, key: null };
  const endpoint = { server: new URL(server.url), proxy: null, tls };
  const transport: Transport = openTransport(endpoint, { 'accept-encoding': 'gzip' }, { totalMs: 0 });
  open.push(transport, server);
  const lines: string[] = [];
  const { signal } = new AbortController();
  const end = await transport.watch(PODS, (line) => lines.push(line), { silenceMs: 5000, signal, ...limits });
  return { lines, end, headers: server.lastHeaders() };
}

for (const protocol of ['h2', 'http/1.1'] as const) {
  test(`${protocol}: lines come whole, however they were cut, until the server ends them`, async () => {
    const { lines, end, headers } = await watchOf(pieces(['{"a":', '1}\n\n{"b"', ':"é"}\n', '{"cut']), protocol);
    assert.equal(lines, ['{"a":1}', '{"b":"é"}']);
    assert.equal(end, { status: 'read', body: null });
    assert.is(headers['accept-encoding'], 'identity');
  });

  test(`${protocol}: a stream that stands still or breaks ends with the reason`, async () => {
    const still = await watchOf(pieces(['{"a":1}\n'], false), protocol, { silenceMs: 50 });
    assert.equal([still.lines, still.end.status], [['{"a":1}'], 'failed']);
    assert.is(still.end.status === 'failed' && still.end.reason, 'timeout');
    const broken = await watchOf(reset, protocol);
    assert.is(broken.end.status === 'failed' && broken.end.reason, 'api-unreachable');
    const mute = await watchOf(silence, protocol, { silenceMs: 50 });
    assert.is(mute.end.status === 'failed' && mute.end.reason, 'timeout');
  });

  test(`${protocol}: a refusal and a web page are told as what they are`, async () => {
    const { end, lines } = await watchOf(status(403, 'cannot watch pods'), protocol);
    assert.equal([end.status, lines], ['forbidden', []]);
    const odd = (await watchOf(page(200), protocol)).end;
    assert.is(odd.status === 'failed' && odd.reason, 'not-kubernetes');
  });
}

test('a line without an end is not kept for ever', async () => {
  const { end } = await watchOf(pieces(['x'.repeat(5 * 1024 * 1024)], false), 'h2');
  assert.is(end.status === 'failed' && end.reason, 'too-large');
});

test('whoever has seen enough ends it', async () => {
  const server = await startServer(archiveOf([]), { protocol: 'http', behave: () => pieces(['{"a":1}\n'], false) });
  const tls = { ca: null, verify: true, servername: null, certificate: null, key: null };
  const transport = openTransport({ server: new URL(server.url), proxy: null, tls }, {}, { totalMs: 0 });
  open.push(transport, server);
  const enough = new AbortController();
  const end = await transport.watch(PODS, () => enough.abort(), { silenceMs: 60_000, signal: enough.signal });
  assert.is(end.status, 'failed');
});

test.run();
