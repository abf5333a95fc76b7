import { readFileSync } from 'node:fs';
import { EXIT, UserError } from '../model/errors.ts';
import type { Evidence } from '../model/evidence.ts';
import { type ConnectionFlags, withClusterFlags, withUserFlags } from './connection-flags.ts';
import type { Host } from './host.ts';
import { inClusterConfig } from './in-cluster.ts';
import { kubeconfigPaths, loadKubeconfig } from './kubeconfig.ts';
import { type ClusterEntry, type Kubeconfig, kubeconfigError, type UserEntry } from './kubeconfig-file.ts';

/** A cluster to talk to, and the user to do it as. */
export interface Target {
  cluster: Evidence['cluster'];
  /** The kubeconfig's contexts that are not meant. */
  otherContexts: readonly string[];
  /** With the path under which a gateway serves the API, if any. */
  server: URL;
  /** The cluster's certificate authority in PEM; null trusts the system's. */
  ca: string | null;
  verify: boolean;
  /** The name in the server's certificate, where it is not the server's own. */
  tlsServerName: string | null;
  proxyUrl: string | null;
  compress: boolean;
  clusterEntry: ClusterEntry;
  user: UserEntry;
}

/**
 * Decides, as kubectl does, which cluster and user are meant (client-go tools/clientcmd/client_config.go): flags, then the kubeconfig's
 * context, then the pod this runs in. `loaded` is the kubeconfig where it has been read before. Throws an AccessError that says what to give instead.
 */
export function resolveTarget(flags: ConnectionFlags, host: Host, loaded: Kubeconfig | null = null): Target {
  const config = loaded ?? loadKubeconfig(flags.kubeconfig, host) ?? inClusterConfig(host) ?? EMPTY;
  const contextName = flags.context || config.currentContext;
  const context = contextName ? entry(config.contexts, 'context', contextName, flags.context) : {};
  const clusterName = flags.cluster || context.cluster;
  const userName = flags.user || context.user;
  const cluster = withClusterFlags(
    clusterName ? entry(config.clusters, 'cluster', clusterName, flags.cluster) : {},
    flags,
  );
  if (!cluster.server) throw noServer(flags, host, config, clusterName);
  const server = serverUrl(cluster.server);
  return {
    cluster: { context: contextName, server: addressOf(server), user: userName ?? null },
    otherContexts: [...config.contexts.keys()].filter((name) => name !== contextName).sort(),
    server,
    ca: authority(cluster, clusterName),
    verify: cluster['insecure-skip-tls-verify'] !== true,
    tlsServerName: cluster['tls-server-name'] || null,
    proxyUrl: cluster['proxy-url'] || null,
    compress: !(flags.disableCompression || cluster['disable-compression']),
    clusterEntry: cluster,
    user: withUserFlags(userName ? entry(config.users, 'user', userName, flags.user) : {}, flags),
  };
}

/** The address without a password that may be in it. */
export function addressOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.replace(/\/$/, '');
}

const EMPTY: Kubeconfig = { currentContext: null, clusters: new Map(), contexts: new Map(), users: new Map() };

/** A name that a flag gives is wrong usage; one that the kubeconfig gives is an error in there. */
function entry<T>(entries: ReadonlyMap<string, T>, sort: string, name: string, flag: string): T {
  const found = entries.get(name);
  if (found) return found;
  const message = `the kubeconfig has no ${sort} "${name}"${choice(entries, sort, name)}`;
  throw flag === name ? new UserError(message, EXIT.usage) : kubeconfigError(message);
}

/** At most ten names, those that begin most alike first. */
function choice(entries: ReadonlyMap<string, unknown>, sort: string, like = ''): string {
  const names = [...entries.keys()].sort((a, b) => sharedStart(b, like) - sharedStart(a, like) || (a < b ? -1 : 1));
  const more = names.length > 10 ? ` and ${names.length - 10} more` : '';
  return names.length > 0 ? `; choose one with --${sort}: ${names.slice(0, 10).join(', ')}${more}` : '';
}

function sharedStart(a: string, b: string): number {
  const differs = [...a].findIndex((letter, index) => letter !== b[index]);
  return differs < 0 ? a.length : differs;
}

function noServer(flags: ConnectionFlags, host: Host, config: Kubeconfig, clusterName: string | undefined): Error {
  if (clusterName)
    return kubeconfigError(`cluster "${clusterName}" of the kubeconfig has no server; give one with --server`);
  if (config !== EMPTY)
    return kubeconfigError(`the kubeconfig names no current context${choice(config.contexts, 'context')}`);
  const looked = kubeconfigPaths(flags.kubeconfig, host).join(', ');
  return kubeconfigError(`no kubeconfig found (looked in ${looked}), and this is no pod; give one with --kubeconfig`);
}

function serverUrl(server: string): URL {
  const url = URL.parse(server.includes('://') ? server : `https://${server}`);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw kubeconfigError(`"${server}" is not the address of a server; give one such as https://HOST:6443 with --server`);
}

function authority(cluster: ClusterEntry, clusterName: string | undefined): string | null {
  const { 'certificate-authority-data': data, 'certificate-authority': file } = cluster;
  if (!data && !file) return null;
  const pem = data ? Buffer.from(data, 'base64').toString('utf8') : readFileOf(file ?? '', 'certificate-authority');
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  const of = clusterName === undefined ? '' : ` of cluster "${clusterName}"`;
  throw kubeconfigError(`the certificate authority${of} is no PEM; fetch the kubeconfig anew`);
}

/** A file that the kubeconfig refers to. */
export function readFileOf(path: string, field: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw kubeconfigError(`cannot read ${path}, the kubeconfig's ${field}: ${code}; fetch the kubeconfig anew`);
  }
}
