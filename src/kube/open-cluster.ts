import type { Evidence } from '../model/evidence.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { credentialsOf } from './credentials.ts';
import type { Host } from './host.ts';
import { proxyFor } from './proxy.ts';
import { resolveTarget } from './target.ts';
import { openTransport, type Patience, type Transport } from './transport.ts';

/** A cluster that one is logged in to: connections to it may be opened one after the other. Close each when done. */
export interface Login {
  cluster: Evidence['cluster'];
  open(patience: Patience): Transport;
}

/**
 * Finds the cluster that kubectl would talk to with these flags, logs in, and makes ready to ask. `userAgent` is sent along.
 * Throws an AccessError: no kubeconfig, unknown context, failed login.
 */
export async function logIn(flags: ConnectionFlags, host: Host, userAgent: string): Promise<Login> {
  const target = resolveTarget(flags, host);
  const { headers, certificate, key } = await credentialsOf(target, host);
  const { server, ca, verify, tlsServerName, compress } = target;
  const proxy = proxyFor(server, target.proxyUrl, host.env);
  const endpoint = { server, proxy, tls: { ca, verify, servername: tlsServerName, certificate, key } };
  const always = { 'user-agent': userAgent, ...(compress && { 'accept-encoding': 'gzip, br' }) };
  return {
    cluster: target.cluster,
    open: (patience) => openTransport(endpoint, { ...always, ...headers }, patience),
  };
}

/** Logs in and opens one connection. */
export async function openCluster(
  flags: ConnectionFlags,
  host: Host,
  patience: Patience,
  userAgent: string,
): Promise<Transport & { cluster: Evidence['cluster'] }> {
  const { cluster, open } = await logIn(flags, host, userAgent);
  return { ...open(patience), cluster };
}
