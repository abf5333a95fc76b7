import type { ConnectionFlags } from '../../src/kube/config/connection-flags.ts';
import type { Host } from '../../src/kube/config/host.ts';

/** kubectl's connection flags, none of them given but these. */
export function flagsWith(given: Partial<ConnectionFlags> = {}): ConnectionFlags {
  return {
    kubeconfig: '',
    context: '',
    cluster: '',
    user: '',
    server: '',
    token: '',
    username: '',
    password: '',
    tlsServerName: '',
    insecureSkipTlsVerify: false,
    certificateAuthority: '',
    clientCertificate: '',
    clientKey: '',
    as: '',
    asUid: '',
    asGroup: [],
    asUserExtra: [],
    disableCompression: false,
    matchServerVersion: false,
    kuberc: '',
    verbosity: 0,
    ...given,
  };
}

/** A host without a terminal, with this environment. */
export function hostWith(env: Host['env'], given: Partial<Host> = {}): Host {
  const killGroup = (leader: number) => {
    process.kill(-leader, 'SIGKILL');
  };
  return { env, platform: process.platform, isTerminal: false, killGroup, ownGroup: () => () => undefined, ...given };
}
