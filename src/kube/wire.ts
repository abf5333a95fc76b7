import { Agent, request as requestHttp1 } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Connection } from './dial.ts';

export type Headers = Readonly<Record<string, string | string[]>>;

/** The beginning of an answer; its body is still to be read. */
export interface Head {
  status: number;
  headers: Readonly<Record<string, string | string[] | number | undefined>>;
  body: Readable;
}

/** An open connection that GET requests can be sent over, several at a time. */
export interface Wire {
  /** Sends a request; rejects with Node's error. The signal ends request and body. */
  send(path: string, headers: Headers, signal: AbortSignal): Promise<Head>;
  /** Whether new requests are accepted: a server may ask a client to connect anew. */
  isOpen(): boolean;
  close(): void;
}

/** Lets a big list come in without waiting for permission every 64 KiB. */
const WINDOW = 4 * 1024 * 1024;

/** Speaks the protocol that was agreed on; `redial` opens further connections, of which HTTP/1.1 needs one for each request under way. */
export function openWire({ socket, protocol }: Connection, server: URL, redial: () => Promise<Socket>): Wire {
  return protocol === 'h2' ? http2Wire(socket, server) : http1Wire(socket, server, redial);
}

function http2Wire(socket: Socket, server: URL): Wire {
  const session = connectHttp2(server.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: WINDOW },
  });
  let open = true;
  const end = () => {
    open = false;
  };
  session.on('goaway', end).on('close', end).on('error', end);
  return {
    isOpen: () => open,
    close: () => session.destroy(),
    send: (path, headers, signal) =>
      new Promise((resolve, reject) => {
        const stream = session.request({ ':method': 'GET', ':path': path, ...headers }, { endStream: true, signal });
        stream.on('response', (head) => resolve({ status: head[':status'] ?? 0, headers: head, body: stream }));
        stream.on('error', reject);
        stream.on('close', () => reject(resetError()));
      }),
  };
}

function http1Wire(socket: Socket, server: URL, redial: () => Promise<Socket>): Wire {
  const spare = [socket];
  const sockets = new Set<Socket>([socket]);
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = (_options, callback) => {
    const first = spare.pop();
    if (first) return first;
    redial().then(
      (next) => {
        sockets.add(next);
        callback?.(null, next);
      },
      (error: Error) => callback?.(error, socket),
    );
    return undefined;
  };
  return {
    isOpen: () => true,
    close: () => {
      agent.destroy();
      for (const one of sockets) one.destroy();
    },
    send: (path, headers, signal) =>
      new Promise((resolve, reject) => {
        const request = requestHttp1({ agent, path, headers: { ...headers, host: server.host }, signal });
        request.on('response', (body) => resolve({ status: body.statusCode ?? 0, headers: body.headers, body }));
        request.on('error', reject);
        request.on('close', () => reject(resetError()));
        request.end();
      }),
  };
}

function resetError(): Error {
  return Object.assign(new Error('connection closed'), { code: 'ECONNRESET' });
}
