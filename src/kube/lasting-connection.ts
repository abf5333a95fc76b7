import { AccessError } from '../model/errors.ts';
import type { Answer, FailureReason } from '../model/request.ts';
import type { Login } from './open-cluster.ts';
import type { Patience, Transport } from './wire/transport.ts';

/** A connection that is opened anew when it fails, and a login that is made anew when it has expired. */
export interface LastingConnection extends Pick<Transport, 'ask' | 'watch' | 'close'> {
  /** A further connection, for something that has a deadline of its own. */
  open(patience: Patience): Transport;
}

/** For as long as it takes, but not for a server that says nothing. */
export const LASTING_PATIENCE: Patience = { totalMs: 0, connectMs: 5000, idleMs: 10_000 };
const LOST: readonly FailureReason[] = ['api-unreachable', 'api-tls-untrusted', 'timeout', 'auth-unauthorized'];

/** Keeps a connection for as long as it takes. An answer that says that it is lost goes to whoever asked; the next one goes over a new connection. */
export function lastingConnection(first: Login, logInAnew: () => Promise<Login>): LastingConnection {
  let login = first;
  let current = login.open(LASTING_PATIENCE);
  let renewing: Promise<unknown> | null = null;
  let isClosed = false;

  async function replace(lost: Transport, reason: FailureReason): Promise<void> {
    if (lost !== current) return;
    if (reason === 'auth-unauthorized' || login.hasExpired()) {
      renewing ??= logInAnew().then((fresh) => {
        login = fresh;
      });
      await renewing.finally(() => {
        renewing = null;
      });
    }
    // Another opened meanwhile, or after the end, would keep the process alive.
    if (lost !== current || isClosed) return;
    current = login.open(LASTING_PATIENCE);
    lost.close();
  }

  async function use(call: (transport: Transport) => Promise<Answer>, isQuiet: boolean): Promise<Answer> {
    const mine = current;
    const answer = await call(mine);
    if (answer.status !== 'failed' || !LOST.includes(answer.reason)) return answer;
    // A watch in which nothing happens is not lost: the list that follows will tell.
    if (isQuiet && answer.reason === 'timeout') return answer;
    try {
      await replace(mine, answer.reason);
      return answer;
    } catch (error) {
      if (error instanceof AccessError) return { ...answer, message: error.message };
      throw error;
    }
  }

  return {
    ask: (request) => use(({ ask }) => ask(request), false),
    watch: (request, onLine, limits) => use(({ watch }) => watch(request, onLine, limits), true),
    open: (own) => login.open(own),
    close: () => {
      isClosed = true;
      current.close();
    },
  };
}
