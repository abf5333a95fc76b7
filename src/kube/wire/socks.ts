import type { Socket } from 'node:net';

const VERSION = 5;
const NO_LOGIN = 0;
const PASSWORD = 2;
const CONNECT = 1;
const DOMAIN_NAME = 3;
/** Bytes of an address by its type: IPv4 and IPv6. */
const ADDRESS_LENGTHS: Readonly<Record<number, number>> = { 1: 4, 4: 16 };

export interface SocksRequest {
  host: string;
  port: number;
  /** Empty where the proxy asks for no login. */
  user: string;
  password: string;
}

/** Asks a SOCKS5 proxy for a connection (RFC 1928, login by RFC 1929); the proxy resolves the name. The socket is then the server's. */
export async function socksHandshake(socket: Socket, { host, port, user, password }: SocksRequest): Promise<void> {
  const read = reader(socket);
  const methods = user === '' ? [NO_LOGIN] : [NO_LOGIN, PASSWORD];
  socket.write(Buffer.from([VERSION, methods.length, ...methods]));
  const [version, method] = await read(2);
  if (version !== VERSION) throw new Error('is no SOCKS5 proxy');
  if (method === PASSWORD) {
    socket.write(Buffer.from([1, ...counted(user), ...counted(password)]));
    const [, refused] = await read(2);
    if (refused !== 0) throw new Error('refused the login');
  } else if (method !== NO_LOGIN) throw new Error('wants a login');
  socket.write(Buffer.from([VERSION, CONNECT, 0, DOMAIN_NAME, ...counted(host), port >> 8, port & 255]));
  const [, failure, , type = 0] = await read(4);
  if (failure !== 0) throw new Error(`answered ${failure}`);
  const length = type === DOMAIN_NAME ? ((await read(1))[0] ?? 0) : (ADDRESS_LENGTHS[type] ?? 0);
  await read(length + 2);
}

/** A text with its length before it. */
function counted(text: string): number[] {
  const bytes = Buffer.from(text);
  return [bytes.length, ...bytes];
}

/** Reads exactly so many bytes and leaves the rest in the socket. */
function reader(socket: Socket): (length: number) => Promise<Buffer> {
  return (length) =>
    new Promise((resolve, reject) => {
      const settle = () => {
        socket.off('readable', attempt).off('error', reject).off('close', closed);
      };
      const closed = () => {
        settle();
        reject(new Error('closed the connection'));
      };
      const attempt = () => {
        const bytes: Buffer | null = socket.read(length);
        if (bytes === null) return;
        settle();
        resolve(bytes);
      };
      socket.on('readable', attempt).on('error', reject).on('close', closed);
      attempt();
    });
}
