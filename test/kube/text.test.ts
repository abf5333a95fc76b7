import * as assert from 'uvu/assert';
import { openTransport, type Transport } from '../../src/kube/wire/transport.ts';
import type { ApiRequest } from '../../src/model/request.ts';
import { archiveOf, healthyCluster } from '../helpers/cluster.ts';
import { answer, page, silence, status } from '../helpers/faults.ts';
import { type Behaviour, type ServerOptions, startServer } from '../helpers/server.ts';
import { suite } from '../helpers/suite.ts';

const test = suite('transport of text', { seconds: 20 });
const PATH = '/api/v1/namespaces/kubevirt/pods/p/log';
const LOG: ApiRequest = { path: PATH, query: { container: 'virt-operator' }, form: 'text' };
const TEXT = { 'content-type': 'text/plain' };
const archive = archiveOf(healthyCluster(), { logs: { [`${PATH}?container=virt-operator`]: ['one', '<two>'] } });
const open: { close(): unknown }[] = [];

test.after.each(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function connect(behaviour?: Behaviour, protocol: ServerOptions['protocol'] = 'h2') {
  const server = await startServer(archive, {
    protocol,
    behave: (path) => (path.startsWith(PATH) ? behaviour : undefined),
  });
  const tls = { ca: server.ca, verify: true, servername: null, certificate: null, key: null };
  const endpoint = { server: new URL(server.url), proxy: null, tls };
  const transport: Transport = openTransport(endpoint, { 'accept-encoding': 'gzip, br' }, { totalMs: 15_000 });
  open.push(transport, server);
  return { ask: transport.ask, server };
}

for (const protocol of ['h2', 'http/1.1'] as const) {
  test(`${protocol}: a log comes as it is`, async () => {
    const { ask, server } = await connect(undefined, protocol);
    const { date: _, ...reply } = await ask(LOG);
    assert.equal(reply, { status: 'read', body: { text: 'one\n<two>\n' } });
    assert.is(server.lastHeaders().accept, 'application/json, */*');
    assert.is(server.lastHeaders()['accept-encoding'], 'identity');
  });

  test(`${protocol}: a log without an end is cut off, and the connection lives on`, async () => {
    const endless: Behaviour = (_request, response) => {
      response.writeHead(200, TEXT);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
      };
      response.on('drain', more);
      more();
    };
    const { ask } = await connect(endless, protocol);
    const reply = await ask(LOG);
    assert.is(reply.status === 'read' && (reply.body as { text: string }).text.length, 1024 * 1024);
    assert.is((await ask({ path: '/version' })).status, 'read');
  });
}

test('an empty log is one', async () => {
  const { ask } = await connect(answer(200, '', TEXT));
  const reply = await ask(LOG);
  assert.equal(reply.status === 'read' && reply.body, { text: '' });
});

test('a log that does not come in its own time leaves the others theirs', async () => {
  const { ask } = await connect(silence);
  const [late, inTime] = await Promise.all([ask({ ...LOG, withinMs: 50 }), ask({ path: '/version' })]);
  assert.equal(late, { status: 'failed', reason: 'timeout', message: 'no answer within 0.05s' });
  assert.is(inTime.status, 'read');
});

test('what is no log is a refusal, with the API server’s words', async () => {
  const said = 'Get "https://10.0.1.1:10250/containerLogs/x": dial tcp 10.0.1.1:10250: connect: connection refused';
  const cases: [Behaviour, object][] = [
    [status(500, said), { status: 'failed', reason: 'api-degraded', message: said }],
    [status(403, 'no'), { status: 'forbidden', message: 'no' }],
    [
      status(400, 'previous terminated container "c" in pod "p" not found'),
      {
        status: 'failed',
        reason: 'not-kubernetes',
        message: 'previous terminated container "c" in pod "p" not found',
      },
    ],
    [
      page(200),
      {
        status: 'failed',
        reason: 'not-kubernetes',
        message: 'the answer is a web page, from a proxy or a login in front of the API server',
      },
    ],
  ];
  for (const [behaviour, refusal] of cases) {
    const { ask, server } = await connect(behaviour);
    const { date: _, ...reply } = await ask(LOG);
    assert.equal(reply, refusal);
    assert.is(server.requests.length, 1);
  }
});

test.run();
