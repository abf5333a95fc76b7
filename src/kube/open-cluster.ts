import { AccessError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { type Credentials, credentialsOf } from './credentials.ts';
import type { Host } from './host.ts';
import type { Kubeconfig } from './kubeconfig-file.ts';
import { proxyFor } from './proxy.ts';
import { resolveTarget, type Target } from './target.ts';
import { openTransport, type Patience, type Transport } from './transport.ts';

/** A cluster that one is logged in to: connections to it may be opened one after the other. Close each when done. */
export interface Login {
  cluster: Evidence['cluster'];
  /** The other contexts of the kubeconfig. */
  otherContexts: readonly string[];
  open(patience: Patience): Transport;
}

/**
 * Finds the cluster that kubectl would talk to with these flags, logs in, and makes ready to ask. `userAgent` is sent along.
 * `loaded` is the kubeconfig where it has been read before. Throws an AccessError: no kubeconfig, unknown context, failed login.
 */
export async function logIn(
  flags: ConnectionFlags,
  host: Host,
  userAgent: string,
  loaded: Kubeconfig | null = null,
): Promise<Login> {
  return logInTo(resolveTarget(flags, host, loaded), host, userAgent);
}

/** Logs in to a cluster that was found. Throws an AccessError when that fails. */
export async function logInTo(target: Target, host: Host, userAgent: string): Promise<Login> {
  const { headers, certificate, key } = await credentialsFor(target, host);
  const { server, ca, verify, tlsServerName, compress, cluster, otherContexts } = target;
  const proxy = proxyFor(server, target.proxyUrl, host.env);
  const endpoint = { server, proxy, tls: { ca, verify, servername: tlsServerName, certificate, key } };
  const always = { 'user-agent': userAgent, ...(compress && { 'accept-encoding': 'gzip, br' }) };
  return {
    cluster,
    otherContexts,
    open: (patience) => openTransport(endpoint, { ...always, ...headers }, patience),
  };
}

/** The credentials for a cluster; an error says of which cluster. */
async function credentialsFor(target: Target, host: Host): Promise<Credentials> {
  try {
    return await credentialsOf(target, host);
  } catch (error) {
    throw error instanceof AccessError ? new AccessError(error.code, error.message, target.cluster) : error;
  }
}

/** Logs in and opens one connection. */
export async function openCluster(
  flags: ConnectionFlags,
  host: Host,
  patience: Patience,
  userAgent: string,
): Promise<Transport & Omit<Login, 'open'>> {
  const { cluster, otherContexts, open } = await logIn(flags, host, userAgent);
  return { ...open(patience), cluster, otherContexts };
}
