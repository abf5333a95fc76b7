import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, getCACertificates, type TLSSocket } from 'node:tls';
import { oneLine } from './one-line.ts';
import { hostOf, portOf } from './proxy.ts';
import type { Wire } from './wire.ts';

/** Where and how to open a connection. */
export interface Endpoint {
  server: URL;
  proxy: URL | null;
  tls: {
    ca: string | null;
    verify: boolean;
    servername: string | null;
    certificate: string | null;
    key: string | null;
  };
  /** Says what goes over a wire, for whoever asked for that. */
  noting?: (wire: Wire) => Wire;
}

/** An open connection, and the protocol that both ends agreed on. */
export interface Connection {
  socket: Socket;
  protocol: 'h2' | 'http/1.1';
}

/** Opens a connection, through the proxy if there is one, with TLS if the server is https. Rejects with Node's error, or with the signal's reason. */
export async function dial(endpoint: Endpoint, signal: AbortSignal): Promise<Connection> {
  const { server, proxy } = endpoint;
  const tcp = proxy ? await throughProxy(proxy, endpoint, signal) : await openTcp(server, signal);
  if (server.protocol === 'http:') return { socket: tcp, protocol: 'http/1.1' };
  try {
    const socket = await startTls(tcp, endpoint, signal);
    return { socket, protocol: socket.alpnProtocol === 'h2' ? 'h2' : 'http/1.1' };
  } catch (error) {
    tcp.destroy();
    throw error;
  }
}

/**
 * What the server's certificate says of itself, for the message when it is not trusted: nothing is sent over that connection, and no
 * client certificate is shown. Null when there is none to be had.
 */
export async function presentedCertificate(endpoint: Endpoint, signal: AbortSignal): Promise<string | null> {
  const tls = { ...endpoint.tls, verify: false, certificate: null, key: null };
  try {
    const { socket } = await dial({ ...endpoint, tls }, signal);
    const { issuer, valid_to: validTo } = (socket as TLSSocket).getPeerCertificate();
    socket.destroy();
    return oneLine(`issued by ${issuer.CN ?? issuer.O ?? 'nobody'}, valid until ${new Date(validTo).toISOString()}`);
  } catch {
    return null;
  }
}

/** A proxy that is spoken to with TLS is trusted as the server is, and as whatever else this machine trusts. */
async function throughProxy(proxy: URL, { server, tls }: Endpoint, signal: AbortSignal): Promise<Socket> {
  const { openTunnel } = await import('./tunnel.ts');
  const isTls = server.protocol === 'https:';
  const trust = () => ({
    ca: [...(isTls && tls.ca !== null ? [tls.ca] : []), ...authoritiesOfThisMachine()],
    rejectUnauthorized: !isTls || tls.verify,
  });
  return openTunnel(proxy, server, signal, trust);
}

function openTcp(server: URL, signal: AbortSignal): Promise<Socket> {
  const socket = connectTcp({ host: hostOf(server), port: portOf(server), noDelay: true });
  return settled(socket, 'connect', signal);
}

function startTls(tcp: Socket, { server, tls }: Endpoint, signal: AbortSignal): Promise<TLSSocket> {
  const name = tls.servername ?? hostOf(server);
  const socket = connectTls({
    socket: tcp,
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
    ALPNProtocols: ['h2', 'http/1.1'],
    minVersion: 'TLSv1.2',
    rejectUnauthorized: tls.verify,
    ca: tls.ca ?? authoritiesOfThisMachine(),
    ...(tls.certificate !== null && tls.key !== null && { cert: tls.certificate, key: tls.key }),
  });
  return settled(socket, 'secureConnect', signal);
}

/** Node's own list and the system's, which is the one that kubectl trusts. */
function authoritiesOfThisMachine(): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system')];
}

/** The socket once it has fired the event; destroyed when the signal says that it takes too long. */
function settled<T extends Socket>(socket: T, event: string, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => socket.destroy(signal.reason);
    const settle = (then: () => void) => {
      signal.removeEventListener('abort', abort);
      then();
    };
    signal.addEventListener('abort', abort);
    socket.once(event, () => settle(() => resolve(socket)));
    // Stays on the socket: an error without a listener would end the process.
    socket.on('error', (error) => settle(() => reject(error)));
    socket.once('close', () => settle(() => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))));
    if (signal.aborted) abort();
  });
}
