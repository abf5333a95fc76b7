import { dial, type Endpoint } from './dial.ts';
import { timeoutError } from './failure.ts';
import type { MakeWire, Wire } from './wire.ts';

/** The connection that all requests share. */
export interface SharedConnection {
  /** Opens it when the first request needs it, and anew when the server asks for that. One that fails is not tried again. */
  open(): Promise<Wire>;
  wasOpen(): boolean;
  close(): void;
}

/** Makes ready to connect; each attempt may take `connectMs`, and none outlasts the signal. */
export function sharedConnection(endpoint: Endpoint, connectMs: number, total: AbortSignal): SharedConnection {
  let opening: Promise<Wire> | null = null;
  let opened: Wire | null = null;

  const connect = async () => {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(timeoutError('no connection', connectMs)), connectMs);
    try {
      return await dial(endpoint, AbortSignal.any([total, late.signal]));
    } finally {
      clearTimeout(timer);
    }
  };
  const start = async () => {
    // HTTP/2 is slow to load: that is done while the server is being connected to.
    const [{ socket, protocol }, http2Wire] = await Promise.all([connect(), loadHttp2Wire(endpoint.server)]);
    const makeWire = protocol === 'h2' && http2Wire ? http2Wire : await loadHttp1Wire();
    const wire = makeWire(socket, endpoint.server, async () => (await connect()).socket);
    opened = endpoint.noting?.(wire) ?? wire;
    if (total.aborted) opened.close();
    return opened;
  };
  return {
    open: () => {
      if (opening === null || opened?.isOpen() === false) {
        opened = null;
        opening = start();
      }
      return opening;
    },
    wasOpen: () => opened !== null,
    close: () => opened?.close(),
  };
}

async function loadHttp2Wire({ protocol }: URL): Promise<MakeWire | null> {
  return protocol === 'https:' ? (await import('./http2-wire.ts')).http2Wire : null;
}

async function loadHttp1Wire(): Promise<MakeWire> {
  return (await import('./http1-wire.ts')).http1Wire;
}
