import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectTcp, createServer as createTcpServer } from 'node:net';
import * as assert from 'uvu/assert';
import { proxyFor } from '../../../src/kube/wire/proxy.ts';
import { openTransport } from '../../../src/kube/wire/transport.ts';
import { archiveOf, healthyCluster } from '../../helpers/cluster.ts';
import { startServer } from '../../helpers/server.ts';
import { suite } from '../../helpers/suite.ts';

const test = suite('proxy', { seconds: 20 });

test("the kubeconfig's proxy goes before the environment's, and loopback needs none", () => {
  const env = { HTTPS_PROXY: 'http://proxy:3128', http_proxy: 'plain:80' };
  const proxy = (server: string, own: string | null, more = {}) =>
    proxyFor(new URL(server), own, { ...env, ...more })?.href ?? null;
  assert.is(proxy('https://api.example:6443', null), 'http://proxy:3128/');
  assert.is(proxy('https://api.example:6443', 'http://own:1'), 'http://own:1/');
  assert.is(proxy('http://api.example', null), 'http://plain/');
  assert.is(proxy('https://127.0.0.1:6443', null), null);
  assert.is(proxy('https://localhost:6443', null), null);
  assert.is(proxy('https://127.0.0.1:6443', 'http://own:1'), 'http://own:1/');
});

test('NO_PROXY names hosts, domains, addresses, networks and ports', () => {
  const isDirect = (host: string, except: string) =>
    proxyFor(new URL(`https://${host}`), null, { HTTPS_PROXY: 'http://p', NO_PROXY: except }) === null;
  const cases: [string, string, boolean][] = [
    ['api.example:6443', '*', true],
    ['api.example:6443', 'api.example', true],
    ['api.example:6443', 'API.EXAMPLE:6443', true],
    ['api.example:6443', 'api.example:443', false],
    ['api.example', 'example', true],
    ['api.example', '.example', true],
    ['example', '.example', false],
    ['myexample', 'example', false],
    ['10.1.2.3:6443', '192.168.0.0/16, 10.0.0.0/8', true],
    ['10.1.2.3:6443', '10.1.2.4', false],
    ['[fd00::1]:6443', 'fd00::/8', true],
    ['[fd00::1]:6443', 'fd00::1', true],
    ['api.example', '10.0.0.0/8', false],
  ];
  for (const [host, except, expected] of cases) assert.is(isDirect(host, except), expected, `${host} ${except}`);
});

const archive = archiveOf(healthyCluster());

/** A proxy that opens a tunnel, or refuses with another status; counts what it was asked. */
async function startProxy(status: number, asked: string[]): Promise<Server> {
  const server = createServer();
  server.on('connect', (request, client) => {
    asked.push(`${request.url} ${request.headers['proxy-authorization'] ?? 'anonymous'}`);
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connectTcp(Number(port), host, () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function answerThrough(status: number, user = ''): Promise<{ status: string; message: string; asked: string[] }> {
  const asked: string[] = [];
  const api = await startServer(archive);
  const proxyServer = await startProxy(status, asked);
  const { port } = proxyServer.address() as AddressInfo;
  const proxy = new URL(`http://${user}127.0.0.1:${port}`);
  const tls = { ca: api.ca, verify: true, servername: null, certificate: null, key: null };
  const transport = openTransport({ server: new URL(api.url), proxy, tls }, {}, { totalMs: 10_000 });
  const answer = await transport.ask({ path: '/version' });
  transport.close();
  proxyServer.close();
  proxyServer.closeAllConnections();
  await api.close();
  const message = 'message' in answer ? answer.message.replace(`:${port}`, ':PORT') : '';
  return { status: answer.status, message, asked: asked.map((one) => one.replace(/:\d+ /, ' ')) };
}

test('a proxy is asked for a tunnel, with its credentials', async () => {
  const asked = [`127.0.0.1 Basic ${Buffer.from('me:p@ss').toString('base64')}`];
  assert.equal(await answerThrough(200, 'me:p%40ss@'), { status: 'read', message: '', asked });
});

test('a proxy that refuses is blamed, without its password', async () => {
  const { status, message } = await answerThrough(407, 'me:secret@');
  assert.equal([status, message], ['failed', 'proxy 127.0.0.1:PORT gave no connection: answered 407']);
});

test('a proxy that is not there is blamed, not the server', async () => {
  const tls = { ca: null, verify: true, servername: null, certificate: null, key: null };
  const proxyServer = await startProxy(200, []);
  const { port } = proxyServer.address() as AddressInfo;
  await new Promise((resolve) => proxyServer.close(resolve));
  const endpoint = { server: new URL('https://api.example:6443'), proxy: new URL(`http://127.0.0.1:${port}`), tls };
  const transport = openTransport(endpoint, {}, { totalMs: 10_000 });
  assert.equal(await transport.ask({ path: '/version' }), {
    status: 'failed',
    reason: 'api-unreachable',
    message: `proxy 127.0.0.1:${port} refused the connection`,
  });
  transport.close();
});

/** A SOCKS5 proxy that wants this login, and keeps what it was asked to connect to. */
async function startSocks(login: string, asked: string[]) {
  const server = createTcpServer(async (client) => {
    client.on('error', () => client.destroy());
    const next = () => once(client, 'data').then(([data]) => data as Buffer);
    await next();
    client.write(Buffer.from([5, login ? 2 : 0]));
    if (login) {
      const [, length = 0, ...rest] = await next();
      const given = `${Buffer.from(rest.slice(0, length))}:${Buffer.from(rest.slice(length + 1))}`;
      client.write(Buffer.from([1, given === login ? 0 : 1]));
      if (given !== login) return;
    }
    const request = await next();
    const host = request.subarray(5, 5 + (request[4] ?? 0)).toString();
    asked.push(host);
    const upstream = connectTcp(request.readUInt16BE(request.length - 2), host, () => {
      client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('a SOCKS5 proxy is asked for a connection, with its login', async () => {
  const asked: string[] = [];
  const api = await startServer(archive);
  const socks = await startSocks('me:secret', asked);
  const { port } = socks.address() as AddressInfo;
  const tls = { ca: api.ca, verify: true, servername: null, certificate: null, key: null };
  const ask = async (proxy: string) => {
    const endpoint = { server: new URL(api.url), proxy: new URL(proxy), tls };
    const transport = openTransport(endpoint, {}, { totalMs: 10_000 });
    const answer = await transport.ask({ path: '/version' });
    transport.close();
    return 'message' in answer ? answer.message.replace(`:${port}`, ':PORT') : answer.status;
  };
  assert.is(await ask(`socks5://me:secret@127.0.0.1:${port}`), 'read');
  assert.equal(asked, ['127.0.0.1']);
  const wrong = await ask(`socks5://me:wrong@127.0.0.1:${port}`);
  assert.is(wrong, 'proxy 127.0.0.1:PORT gave no connection: refused the login');
  const unknown = await ask(`ftp://127.0.0.1:${port}`);
  assert.match(unknown, /^proxy 127\.0\.0\.1:PORT gave no connection: ftp:\/\/ is no proxy that is known/);
  socks.close();
  await api.close();
});

test.run();
