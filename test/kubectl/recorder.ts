import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from '../helpers/certificate.ts';

/** One request, as far as it shows where it was meant to go and as whom. */
export interface Seen {
  agent: string;
  server: string;
  path: string;
  host: string;
  /** The name that the client asked for in the TLS handshake. */
  sni: string | null;
  /** The common name of the client's certificate. */
  certificate: string | null;
  /** The proxy that it came through, and what was asked of that. */
  proxy: string | null;
  /** Authorization, Impersonate-*, Accept-Encoding; sorted. */
  headers: readonly string[];
}

const KEPT = /^(authorization|accept-encoding|impersonate-.*)$/;
const DENIED = { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403, message: 'no' };

/** What is known of connections that a proxy opened, by their local port. */
export const proxied = new Map<number, { socket: Socket; said: string; arrived?: Socket }>();

/** Starts an API server that writes down each request and refuses it, except for its version. */
export async function startRecorder(
  name: string,
  tls: Certificate | null,
  version: object,
  note: (seen: Seen) => void,
): Promise<number> {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    note(seenIn(request, name));
    const isVersion = /\/version(\?|$)/.test(request.url ?? '');
    request.resume();
    response.writeHead(isVersion ? 200 : 403, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isVersion ? version : DENIED));
  };
  const options = { requestCert: true, rejectUnauthorized: false, allowHTTP1: true };
  const server: Server = tls
    ? createSecureServer({ ...options, cert: tls.certificate, key: tls.key }, handle as never)
    : createHttpServer(handle);
  server.on('tlsClientError', () => undefined).on('sessionError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  return (server.address() as AddressInfo).port;
}

/** A port may be another connection's by now: the proxy's must be open, go to this server, and have arrived as this one. */
function proxyOf(socket: Socket): string | null {
  const from = proxied.get(socket.remotePort ?? 0);
  if (!from || from.socket.destroyed || from.socket.remotePort !== socket.localPort) return null;
  from.arrived ??= socket;
  return from.arrived === socket ? from.said : null;
}

function seenIn(request: IncomingMessage, server: string): Seen {
  const socket = ((request as { stream?: { session?: { socket: TLSSocket } } }).stream?.session?.socket ??
    request.socket) as TLSSocket;
  const { url = '', headers } = request;
  const pairs = Object.entries(headers).filter(([key]) => KEPT.test(key));
  return {
    agent: headers['user-agent'] ?? '',
    server,
    path: url,
    host: String(headers[':authority'] ?? headers.host),
    sni: socket.servername || null,
    certificate: socket.getPeerCertificate?.()?.subject?.CN?.toString() ?? null,
    proxy: proxyOf(socket),
    headers: pairs.map(([key, value]) => `${key}: ${value}`).sort(),
  };
}
