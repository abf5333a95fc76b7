import { Agent, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { type MakeWire, resetError } from './wire.ts';

/** HTTP/1.1, for servers and gateways that speak nothing newer: a socket for each request under way, used again afterwards. */
export const http1Wire: MakeWire = (socket, server, redial) => {
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
    send: ({ method, path, headers, body: text }, signal) =>
      new Promise((resolve, reject) => {
        // Node announces no length for a DELETE by itself, and the server would not look at the body.
        const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) };
        const all = { ...headers, ...length, host: server.host };
        const request = httpRequest({ agent, method, path, headers: all, signal });
        request.on('response', (body) => resolve({ status: body.statusCode ?? 0, headers: body.headers, body }));
        request.on('error', reject);
        request.on('close', () => reject(resetError()));
        request.end(text);
      }),
  };
};
