import { connect } from 'node:http2';
import { type MakeWire, resetError } from './wire.ts';

/** Lets a big list come in without waiting for permission every 64 KiB. */
const WINDOW = 4 * 1024 * 1024;

/** HTTP/2: all requests share one socket. */
export const http2Wire: MakeWire = (socket, server) => {
  const session = connect(server.origin, {
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
    send: ({ method, path, headers, body: text }, signal) =>
      new Promise((resolve, reject) => {
        const head = { ':method': method, ':path': path, ...headers };
        const stream = session.request(head, { endStream: text === undefined, signal });
        stream.on('response', (reply) => resolve({ status: reply[':status'] ?? 0, headers: reply, body: stream }));
        stream.on('error', reject);
        stream.on('close', () => reject(resetError()));
        if (text !== undefined) stream.end(text);
      }),
  };
};
