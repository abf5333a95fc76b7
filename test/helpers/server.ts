import { createServer as createHttpServer } from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Archive } from '../../src/archive/archive.ts';
import { askArchive } from '../../src/archive/store.ts';
import type { Answer, ApiRequest } from '../../src/model/request.ts';
import { type Certificate, makeCertificate } from './certificate.ts';

export type Request = Http2ServerRequest;
export type Response = Http2ServerResponse;
/** Answers in place of the archive; see faults.ts. */
export type Behaviour = (request: Request, response: Response) => unknown;

export interface ServerOptions {
  /** How a request is answered; undefined replays the archive. `count` is how many requests came before. */
  behave?: (path: string, count: number) => Behaviour | undefined;
  /** `h2` also lets a client speak HTTP/1.1; `http` is HTTP/1.1 without TLS. */
  protocol?: 'h2' | 'http/1.1' | 'http';
  certificate?: Certificate;
}

export interface TestServer {
  url: string;
  /** The certificate authority that its certificate is signed by. */
  ca: string;
  /** Every request that came: `HTTP/2 GET /version`. */
  requests: string[];
  /** The headers of the last request. */
  lastHeaders(): Request['headers'];
  /** How many connections were opened. */
  connections(): number;
  close(): Promise<void>;
}

let usual: Certificate | undefined;

/** Starts an API server on loopback that answers from an archive, and misbehaves where it is told to. */
export async function startServer(archive: Archive, options: ServerOptions = {}): Promise<TestServer> {
  usual ??= makeCertificate('test-api');
  const { behave, protocol = 'h2', certificate = usual } = options;
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let lastHeaders: Request['headers'] = {};
  let connections = 0;

  const handle: Behaviour = (request, response) => {
    const count = requests.length;
    requests.push(`HTTP/${request.httpVersion} ${request.method} ${request.url}`);
    lastHeaders = request.headers;
    const behaviour = behave?.(request.url, count) ?? replay(archive);
    behaviour(request, response);
  };
  const tls = { cert: certificate.certificate, key: certificate.key };
  const servers = {
    h2: () => createSecureServer({ ...tls, allowHTTP1: true }, handle),
    'http/1.1': () => createHttpsServer(tls, handle as never),
    http: () => createHttpServer(handle as never),
  };
  const server: Server = servers[protocol]();
  server.on(protocol === 'http' ? 'connection' : 'secureConnection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${protocol === 'http' ? 'http' : 'https'}://127.0.0.1:${port}`,
    ca: certificate.certificate,
    requests,
    lastHeaders: () => lastHeaders,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Answers as the cluster would that the archive was made of. */
function replay(archive: Archive): Behaviour {
  const ask = askArchive(archive);
  return async (request, response) => {
    const reply = await ask(apiRequest(request));
    const { status, type, body } = httpAnswer(reply);
    response.writeHead(status, { 'content-type': type, date: new Date(reply.date ?? 0).toUTCString() });
    response.end(body);
  };
}

function apiRequest({ url, headers }: Request): ApiRequest {
  const { pathname, searchParams } = new URL(url, 'http://server');
  const form = /as=(\w+)/.exec(headers.accept ?? '')?.[1];
  if (pathname.endsWith('/log')) return { path: pathname, query: Object.fromEntries(searchParams), form: 'text' };
  const forms = { Table: 'table', PartialObjectMetadata: 'metadata', PartialObjectMetadataList: 'metadata' } as const;
  return {
    path: pathname,
    query: Object.fromEntries(searchParams),
    ...(form && { form: forms[form as keyof typeof forms] }),
  };
}

function httpAnswer(answer: Answer): { status: number; type: string; body: string } {
  if (answer.status === 'read') return bodyOf(answer.body);
  const code = { absent: 404, forbidden: 403, failed: 500 }[answer.status];
  const message = 'message' in answer ? answer.message : 'not found';
  const refusal = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code };
  return { ...bodyOf(refusal), status: code };
}

function bodyOf(body: unknown): { status: number; type: string; body: string } {
  const text = (body as { text?: unknown }).text;
  if (typeof text === 'string') return { status: 200, type: 'text/plain', body: text };
  return { status: 200, type: 'application/json', body: JSON.stringify(body) };
}
