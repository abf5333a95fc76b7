import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { hostOf, portOf } from './proxy.ts';
import { socksHandshake } from './socks.ts';

/** Whose certificates are trusted. */
export interface Trust {
  ca: string[];
  rejectUnauthorized: boolean;
}

/** Opens a connection to a server through a proxy: http, https or socks5. Rejects with an error that says what the proxy did. */
export async function openTunnel(proxy: URL, server: URL, signal: AbortSignal, trust: () => Trust): Promise<Socket> {
  try {
    if (/^socks5h?:$/.test(proxy.protocol)) return await throughSocks(proxy, server, signal);
    if (/^https?:$/.test(proxy.protocol)) return await throughHttp(proxy, server, signal, trust);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const { code, message } = error as NodeJS.ErrnoException;
    throw proxyError(code ?? message);
  }
  throw proxyError(`${proxy.protocol}// is no proxy that is known; use http, https or socks5`);
}

/** Asks for a tunnel with CONNECT (RFC 9110). */
function throughHttp(proxy: URL, server: URL, signal: AbortSignal, trust: () => Trust): Promise<Socket> {
  const authority = `${server.hostname}:${portOf(server)}`;
  const { user, password } = credentialsOf(proxy);
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const request = proxy.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const connect = request({
      host: hostOf(proxy),
      port: portOf(proxy),
      method: 'CONNECT',
      path: authority,
      agent: false,
      ...(proxy.protocol === 'https:' && trust()),
      signal,
      headers: { host: authority, ...(user && { 'proxy-authorization': `Basic ${basic}` }) },
    });
    connect.on('connect', ({ statusCode }, socket: Socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      return reject(new Error(`answered ${statusCode}`));
    });
    connect.on('response', ({ statusCode }) => {
      connect.destroy();
      reject(new Error(`answered ${statusCode}`));
    });
    connect.on('error', reject);
    connect.end();
  });
}

async function throughSocks(proxy: URL, server: URL, signal: AbortSignal): Promise<Socket> {
  const socket = connectTcp({ host: hostOf(proxy), port: Number(proxy.port) || 1080, noDelay: true });
  const abort = () => socket.destroy(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    await socksHandshake(socket, { host: hostOf(server), port: portOf(server), ...credentialsOf(proxy) });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function credentialsOf({ username, password }: URL): { user: string; password: string } {
  return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
}

function proxyError(message: string): Error {
  return Object.assign(new Error(message), { code: 'EPROXY' });
}
