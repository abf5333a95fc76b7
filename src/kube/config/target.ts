import type { Evidence } from '../../model/evidence.ts';
import { checkCluster, checkUser, readFileOf } from './check-config.ts';
import { type ConnectionFlags, withClusterFlags, withUserFlags } from './connection-flags.ts';
import type { Host } from './host.ts';
import { inClusterConfig } from './in-cluster.ts';
import { kubeconfigPaths, loadKubeconfig } from './kubeconfig.ts';
import { type ClusterEntry, type Kubeconfig, kubeconfigError, type UserEntry } from './kubeconfig-file.ts';
import { EMPTY, entry, noServer } from './named-entry.ts';
import { type PluginPolicy, readPluginPolicy } from './plugin-policy.ts';

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
  /** What the user's kuberc says of the user's credential plugin. */
  pluginPolicy: PluginPolicy;
}

/**
 * Decides, as kubectl does, which cluster and user are meant (client-go tools/clientcmd/client_config.go): flags, then the kubeconfig's
 * context, then the pod this runs in, then $KUBERNETES_MASTER. `loaded` is the kubeconfig where it has been read before. Throws an AccessError that says what to give instead.
 */
export function resolveTarget(flags: ConnectionFlags, host: Host, loaded: Kubeconfig | null = null): Target {
  const config = loaded ?? loadKubeconfig(flags.kubeconfig, host) ?? EMPTY;
  const chosen = choose(config, flags);
  if (chosen.cluster.server) return targetOf(chosen, config, flags, host);
  const pod = inClusterConfig(host);
  if (pod) {
    const own = choose(pod, { ...flags, context: '', cluster: '', user: '' });
    const user = flags.token ? { ...own.user, tokenFile: '' } : own.user;
    return targetOf({ ...own, user }, config, flags, host);
  }
  const { KUBERNETES_MASTER: server } = host.env;
  if (!server) throw noServer(config, chosen, kubeconfigPaths(flags.kubeconfig, host));
  return targetOf({ ...chosen, cluster: { ...chosen.cluster, server } }, config, flags, host);
}

interface Choice {
  contextName: string | null;
  clusterName: string | undefined;
  userName: string | undefined;
  cluster: ClusterEntry;
  user: UserEntry;
}

/** What a flag names must exist; what the context names may be missing, as long as flags give what is needed of it. */
function choose(config: Kubeconfig, flags: ConnectionFlags): Choice {
  const contextName = flags.context || config.currentContext;
  const context = contextName ? entry(config.contexts, 'context', contextName, flags.context) : {};
  const clusterName = flags.cluster || context.cluster || undefined;
  const userName = flags.user || context.user || undefined;
  const cluster = flags.cluster
    ? entry(config.clusters, 'cluster', flags.cluster, flags.cluster)
    : (config.clusters.get(clusterName ?? '') ?? {});
  const user = flags.user
    ? entry(config.users, 'user', flags.user, flags.user)
    : (config.users.get(userName ?? '') ?? {});
  return {
    contextName,
    clusterName,
    userName: hasOwnLogin(flags) ? undefined : userName,
    cluster: withClusterFlags(cluster, flags),
    user: withUserFlags(user, flags),
  };
}

/** A login that flags give is not that of the context's user, whatever else of that user is sent with it. */
function hasOwnLogin({ user, token, username }: ConnectionFlags): boolean {
  return !user && Boolean(token || username);
}

function targetOf(choice: Choice, config: Kubeconfig, flags: ConnectionFlags, host: Host): Target {
  const { contextName, clusterName, userName, cluster, user } = choice;
  const server = serverUrl(cluster.server ?? '');
  const isTls = server.protocol === 'https:';
  checkCluster(cluster, clusterName, flags, isTls);
  checkUser(user, userName, flags);
  return {
    cluster: { context: contextName, server: addressOf(server), user: userName ?? null },
    otherContexts: [...config.contexts.keys()].filter((name) => name !== contextName).sort(),
    server,
    ca: authority(cluster, clusterName),
    verify: cluster['insecure-skip-tls-verify'] !== true,
    tlsServerName: cluster['tls-server-name'] || null,
    proxyUrl: cluster['proxy-url'] || null,
    compress: !cluster['disable-compression'],
    clusterEntry: cluster,
    user: isTls ? user : withoutLogin(user),
    pluginPolicy: readPluginPolicy(flags.kuberc, host),
  };
}

/** Over a connection that anybody can listen to, kubectl shows no token, password or certificate. */
function withoutLogin(user: UserEntry): UserEntry {
  const kept = ['as', 'as-uid', 'as-groups', 'as-user-extra'];
  return Object.fromEntries(Object.entries(user).filter(([field]) => kept.includes(field)));
}

/** The address without a password that may be in it. */
function addressOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.replace(/\/$/, '');
}

/** An address without a scheme is one without TLS, as for kubectl (client-go rest/url_utils.go). */
function serverUrl(server: string): URL {
  const whole = URL.parse(server);
  const url = whole?.host ? whole : URL.parse(`http://${server}`);
  if (url && /^https?:$/.test(url.protocol) && (url === whole || url.pathname === '/')) return url;
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
