import { createServer as createHttpServer, type IncomingMessage, request as requestHttp } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Certificate } from '../helpers/certificate.ts';
import { proxied } from './recorder.ts';

/** Starts a proxy that knows every name as this machine: http, https with a certificate, or socks5. Its name goes with what it passes on. */
export async function startProxy(name: string, kind: 'http' | 'socks5' | Certificate): Promise<number> {
  const server = kind === 'socks5' ? createServer((socket) => socks(name, socket)) : http(name, kind);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return (server.address() as AddressInfo).port;
}

function http(name: string, kind: 'http' | Certificate): Server {
  const server = kind === 'http' ? createHttpServer() : createHttpsServer({ cert: kind.certificate, key: kind.key });
  const login = (request: IncomingMessage) => request.headers['proxy-authorization'] ?? 'nobody';
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    const said = `${name} for ${login(request)} to ${request.url}`;
    const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1]);
    passOn(client, port, said, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  server.on('request', (request: IncomingMessage, response) => {
    const url = new URL(request.url ?? '');
    const said = `${name} for ${login(request)} to ${url.host}`;
    const { method, headers } = request;
    const further = requestHttp({
      host: '127.0.0.1',
      port: url.port,
      path: url.pathname,
      method,
      headers,
      agent: false,
    });
    further.on('socket', (socket: Socket) => socket.on('connect', () => remember(socket, said)));
    further.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    further.on('error', () => response.destroy());
    request.pipe(further);
  });
  server.on('tlsClientError', () => undefined);
  return server;
}

/** RFC 1928 without a login. */
function socks(name: string, client: Socket): void {
  client.on('error', () => undefined);
  client.once('data', () => {
    client.write(Buffer.from([5, 0]));
    client.once('data', (asked: Buffer) => {
      const isName = asked[3] === 3;
      const end = isName ? 5 + (asked[4] ?? 0) : 8;
      const host = isName ? asked.subarray(5, end).toString() : asked.subarray(4, end).join('.');
      const port = asked.readUInt16BE(end);
      passOn(client, port, `${name} to ${host}:${port}`, () =>
        client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])),
      );
    });
  });
}

function passOn(client: Socket, port: number, said: string, answer: () => void): void {
  const server = connect(port, '127.0.0.1', () => {
    remember(server, said);
    answer();
    server.pipe(client).pipe(server);
  });
  server.on('error', () => client.destroy());
  client.on('error', () => server.destroy());
}

/** Until it is closed: then its port may be another's. */
function remember(socket: Socket, said: string): void {
  const port = socket.localPort ?? 0;
  proxied.set(port, { socket, said });
  socket.once('close', () => {
    if (proxied.get(port)?.socket === socket) proxied.delete(port);
  });
}
