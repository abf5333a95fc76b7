import { existsSync } from 'node:fs';
import { AccessError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import type { ConnectionFlags } from './config/connection-flags.ts';
import { type Credentials, credentialsOf } from './config/credentials.ts';
import type { Host } from './config/host.ts';
import { kubeconfigPaths } from './config/kubeconfig.ts';
import type { Kubeconfig } from './config/kubeconfig-file.ts';
import { resolveTarget, type Target } from './config/target.ts';
import { proxyFor } from './wire/proxy.ts';
import { openTransport, type Patience, type Transport } from './wire/transport.ts';
import { noteTo, notingWire } from './wire/verbose.ts';
import type { Wire } from './wire/wire.ts';

const VERSION_MS = 10_000;

/** A cluster that one is logged in to: connections to it may be opened one after the other. Close each when done. */
export interface Login {
  cluster: Evidence['cluster'];
  /** The other contexts of the kubeconfig. */
  otherContexts: readonly string[];
  /** Whether a credential plugin must be asked again: then log in anew before the next connection. */
  hasExpired(): boolean;
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
  const note = noteTo(host.stderr, flags.verbosity);
  const target = resolveTarget(flags, host, loaded);
  const files = note ? kubeconfigPaths(flags.kubeconfig, host).filter((path) => existsSync(path)) : [];
  for (const path of files) note?.(`Config loaded from file: ${path}`);
  const login = await logInTo(target, host, userAgent, flags.verbosity);
  if (flags.matchServerVersion) await matchVersion(login, host);
  return login;
}

/** Logs in to a cluster that was found. Throws an AccessError when that fails. */
export async function logInTo(target: Target, host: Host, userAgent: string, verbosity = 0): Promise<Login> {
  const note = noteTo(host.stderr, verbosity);
  const { headers, certificate, key, expiresAt } = await credentialsFor(target, host);
  const { server, ca, verify, tlsServerName, compress, cluster, otherContexts } = target;
  const proxy = proxyFor(server, target.proxyUrl, host.env);
  const endpoint = {
    server,
    proxy,
    tls: { ca, verify, servername: tlsServerName, certificate, key },
    ...(note && { noting: (wire: Wire) => notingWire(wire, server, verbosity, note) }),
  };
  const always = { 'user-agent': userAgent, ...(compress && { 'accept-encoding': 'gzip, br' }) };
  return {
    cluster,
    otherContexts,
    hasExpired: () => expiresAt !== null && Date.now() > expiresAt,
    open: (patience) => openTransport(endpoint, { ...always, ...headers }, patience),
  };
}

async function matchVersion({ open }: Login, host: Host): Promise<void> {
  const { requireMatchingVersion } = await import('./config/match-version.ts');
  const transport = open({ totalMs: VERSION_MS });
  try {
    await requireMatchingVersion(transport.ask, host);
  } finally {
    transport.close();
  }
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
): Promise<Transport & Pick<Login, 'cluster' | 'otherContexts'>> {
  const { cluster, otherContexts, open } = await logIn(flags, host, userAgent);
  return { ...open(patience), cluster, otherContexts };
}
