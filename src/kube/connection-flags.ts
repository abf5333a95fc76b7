import type { ClusterEntry, UserEntry } from './kubeconfig-file.ts';

/** kubectl's connection flags (cli-runtime pkg/genericclioptions/config_flags.go); '' and [] are "not given". */
export interface ConnectionFlags {
  kubeconfig: string;
  context: string;
  cluster: string;
  user: string;
  server: string;
  token: string;
  tlsServerName: string;
  insecureSkipTlsVerify: boolean;
  certificateAuthority: string;
  clientCertificate: string;
  clientKey: string;
  as: string;
  asUid: string;
  asGroup: readonly string[];
  asUserExtra: readonly string[];
  disableCompression: boolean;
}

const LOGIN = ['token', 'tokenFile', 'exec', 'auth-provider', 'username', 'password'] as const;
const CERTIFICATE = ['client-certificate-data', 'client-key-data'] as const;

/** The kubeconfig's cluster with what the flags say of it. */
export function withClusterFlags(cluster: ClusterEntry, flags: ConnectionFlags): ClusterEntry {
  return {
    ...(flags.certificateAuthority ? without(cluster, ['certificate-authority-data']) : cluster),
    ...(flags.certificateAuthority && { 'certificate-authority': flags.certificateAuthority }),
    ...(flags.server && { server: flags.server }),
    ...(flags.tlsServerName && { 'tls-server-name': flags.tlsServerName }),
    ...(flags.insecureSkipTlsVerify && { 'insecure-skip-tls-verify': true }),
  };
}

/** The kubeconfig's user with what the flags say: a token or certificate replaces the login, impersonation is added to it. */
export function withUserFlags(user: UserEntry, flags: ConnectionFlags): UserEntry {
  const replaced = [...(flags.token ? LOGIN : []), ...(flags.clientCertificate ? CERTIFICATE : [])];
  return {
    ...without(user, replaced),
    ...(flags.token && { token: flags.token }),
    ...(flags.clientCertificate && { 'client-certificate': flags.clientCertificate, 'client-key': flags.clientKey }),
    ...(flags.as && { as: flags.as }),
    ...(flags.asUid && { 'as-uid': flags.asUid }),
    ...(flags.asGroup.length > 0 && { 'as-groups': [...flags.asGroup] }),
    ...(flags.asUserExtra.length > 0 && { 'as-user-extra': extras(flags.asUserExtra) }),
  };
}

function without<T extends object>(entry: T, fields: readonly (keyof T & string)[]): T {
  return Object.fromEntries(Object.entries(entry).filter(([key]) => !fields.some((field) => field === key))) as T;
}

/** `key=value` pairs, a key's values together. */
function extras(pairs: readonly string[]): Record<string, string[]> {
  const split = pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const);
  const groups = Map.groupBy(split, ([key]) => key);
  return Object.fromEntries([...groups].map(([key, values]) => [key, values.map(([, value]) => value)]));
}
