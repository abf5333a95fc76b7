import { AccessError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import type { Host } from './host.ts';
import { proxyFor } from './proxy.ts';
import { resolveTarget, type Target } from './target.ts';
import { openTransport, type Patience, type Transport } from './transport.ts';

/**
 * Finds the cluster that kubectl would talk to with these flags, logs in, and makes ready to ask. `userAgent` is sent along.
 * Throws an AccessError: no kubeconfig, unknown context, failed login. Close it when done.
 */
export async function openCluster(
  flags: ConnectionFlags,
  host: Host,
  patience: Patience,
  userAgent: string,
): Promise<Transport & Pick<Evidence, 'cluster' | 'otherContexts'>> {
  const target = resolveTarget(flags, host);
  const { headers, certificate, key } = await logIn(target, host);
  const { server, ca, verify, tlsServerName, compress, cluster, otherContexts } = target;
  const proxy = proxyFor(server, target.proxyUrl, host.env);
  const endpoint = { server, proxy, tls: { ca, verify, servername: tlsServerName, certificate, key } };
  const always = { 'user-agent': userAgent, ...(compress && { 'accept-encoding': 'gzip, br' }) };
  return { ...openTransport(endpoint, { ...always, ...headers }, patience), cluster, otherContexts };
}

/** Logs in; an error says of which cluster. */
async function logIn(target: Target, host: Host): Promise<Credentials> {
  try {
    return await credentialsOf(target, host);
  } catch (error) {
    throw error instanceof AccessError ? new AccessError(error.code, error.message, target.cluster) : error;
  }
}
