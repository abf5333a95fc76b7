import type { ClusterEntry, UserEntry } from './kubeconfig-file.ts';

/** kubectl's connection flags (cli-runtime pkg/genericclioptions/config_flags.go); '' and [] are "not given". */
export interface ConnectionFlags {
  kubeconfig: string;
  context: string;
  cluster: string;
  user: string;
  server: string;
  token: string;
  username: string;
  password: string;
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
  matchServerVersion: boolean;
  kuberc: string;
  /** How much to say of each request on standard error, as kubectl's `-v`; 0 is nothing. */
  verbosity: number;
}

/**
 * The kubeconfig's cluster with what the flags say of it. A certificate authority and insecure-skip-tls-verify replace each other, and a
 * server's address the name in its certificate (client-go tools/clientcmd/client_config.go getCluster).
 */
export function withClusterFlags(cluster: ClusterEntry, flags: ConnectionFlags): ClusterEntry {
  const { certificateAuthority, insecureSkipTlsVerify, server, tlsServerName } = flags;
  return {
    ...cluster,
    ...(server && { server }),
    ...((certificateAuthority || insecureSkipTlsVerify) && {
      'certificate-authority': certificateAuthority,
      'certificate-authority-data': '',
      'insecure-skip-tls-verify': insecureSkipTlsVerify,
    }),
    ...((server || tlsServerName) && { 'tls-server-name': tlsServerName }),
    ...(flags.disableCompression && { 'disable-compression': true }),
  };
}

/** The kubeconfig's user with what the flags say: each flag replaces its own field, and no other (getAuthInfo). */
export function withUserFlags(user: UserEntry, flags: ConnectionFlags): UserEntry {
  const { token, username, password, clientCertificate, clientKey, as, asUid, asGroup, asUserExtra } = flags;
  return {
    ...user,
    ...(token && { token }),
    ...(username && { username }),
    ...(password && { password }),
    ...(clientCertificate && { 'client-certificate': clientCertificate, 'client-certificate-data': '' }),
    ...(clientKey && { 'client-key': clientKey, 'client-key-data': '' }),
    ...(as && { as }),
    ...(asUid && { 'as-uid': asUid }),
    ...(asGroup.length > 0 && { 'as-groups': [...asGroup] }),
    ...(asUserExtra.length > 0 && { 'as-user-extra': { ...user['as-user-extra'], ...extras(asUserExtra) } }),
  };
}

/** `key=value` pairs, a key's values together; what is no pair is passed over, as in kubectl. */
function extras(pairs: readonly string[]): Record<string, string[]> {
  const split = pairs.flatMap((pair) => {
    const [, key, value] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });
  const groups = Map.groupBy(split, ({ key }) => key);
  return Object.fromEntries([...groups].map(([key, values]) => [key, values.map(({ value }) => value)]));
}
