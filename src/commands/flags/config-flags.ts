import type { ConnectionFlags } from '../../kube/config/connection-flags.ts';
import { EXIT, UserError } from '../../model/errors.ts';
import type { Flag } from './flag.ts';
import { isOn, type ParsedArguments, word, words } from './parsed-arguments.ts';

/** For the whole run: an engineer who waits longer has learnt nothing yet. */
export const REQUEST_TIMEOUT = '10s';

/**
 * kubectl's connection flags, with its names and help: cli-runtime v0.36 pkg/genericclioptions/config_flags.go, and of kubectl v0.36
 * pkg/cmd `--match-server-version`, `--kuberc` and `-v`. `docs/kubeconfig.md` says which of them mean something else here.
 */
export const CONFIG_FLAGS: readonly Flag[] = [
  text(
    'as',
    'Username to impersonate for the operation. User could be a regular user or a service account in a namespace.',
  ),
  list('as-group', 'Group to impersonate for the operation, this flag can be repeated to specify multiple groups.'),
  text('as-uid', 'UID to impersonate for the operation.'),
  list(
    'as-user-extra',
    'User extras to impersonate for the operation, this flag can be repeated to specify multiple values for the same key.',
  ),
  text('cache-dir', 'Default cache directory', { completes: 'folder' }),
  text('certificate-authority', 'Path to a cert file for the certificate authority', { completes: 'file' }),
  text('client-certificate', 'Path to a client certificate file for TLS', { completes: 'file' }),
  text('client-key', 'Path to a client key file for TLS', { completes: 'file' }),
  text('cluster', 'The name of the kubeconfig cluster to use', { completes: 'cluster' }),
  text('context', 'The name of the kubeconfig context to use', { completes: 'context' }),
  toggle('disable-compression', 'If true, opt-out of response compression for all requests to the server'),
  toggle(
    'insecure-skip-tls-verify',
    "If true, the server's certificate will not be checked for validity. This will make your HTTPS connections insecure",
  ),
  text('kubeconfig', 'Path to the kubeconfig file to use for CLI requests.', { completes: 'file' }),
  text(
    'kuberc',
    'Path to the kuberc file to use for preferences. This can be disabled by exporting KUBECTL_KUBERC=false feature gate or turning off the feature KUBERC=off.',
    { completes: 'file' },
  ),
  toggle('match-server-version', 'Require server version to match client version'),
  text(
    'namespace',
    'The namespace of virt-operator. Without it the namespace is looked for, and the answer says how it was found.',
    { short: 'n', completes: 'namespace' },
  ),
  text('password', 'Password for basic authentication to the API server'),
  text(
    'request-timeout',
    'The length of time to wait before giving up on the whole run. Non-zero values should contain a corresponding time unit (e.g. 1s, 2m, 3h). A value of zero means no limit.',
    { standard: REQUEST_TIMEOUT },
  ),
  text('server', 'The address and port of the Kubernetes API server', { short: 's' }),
  text(
    'tls-server-name',
    'Server name to use for server certificate validation. If it is not provided, the hostname used to contact the server is used',
  ),
  text('token', 'Bearer token for authentication to the API server'),
  text('user', 'The name of the kubeconfig user to use', { completes: 'user' }),
  text('username', 'Username for basic authentication to the API server'),
  text('v', 'number for the log level verbosity', { short: 'v', standard: '0' }),
];

/** kubectl's connection flags as given; throws a usage error for what is no number. */
export function connectionFlags(args: ParsedArguments): ConnectionFlags {
  return {
    kubeconfig: word(args, 'kubeconfig'),
    context: word(args, 'context'),
    cluster: word(args, 'cluster'),
    user: word(args, 'user'),
    server: word(args, 'server'),
    token: word(args, 'token'),
    username: word(args, 'username'),
    password: word(args, 'password'),
    tlsServerName: word(args, 'tls-server-name'),
    insecureSkipTlsVerify: isOn(args, 'insecure-skip-tls-verify'),
    certificateAuthority: word(args, 'certificate-authority'),
    clientCertificate: word(args, 'client-certificate'),
    clientKey: word(args, 'client-key'),
    as: word(args, 'as'),
    asUid: word(args, 'as-uid'),
    asGroup: words(args, 'as-group'),
    asUserExtra: words(args, 'as-user-extra'),
    disableCompression: isOn(args, 'disable-compression'),
    matchServerVersion: isOn(args, 'match-server-version'),
    kuberc: word(args, 'kuberc'),
    verbosity: verbosity(word(args, 'v') || '0'),
  };
}

function verbosity(text: string): number {
  if (/^[+-]?\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(`invalid value "${text}" for --v: use a number such as 6 or 8`, EXIT.usage);
}

type Extra = Partial<Pick<Flag, 'short' | 'standard' | 'completes'>>;

function text(name: string, help: string, extra: Extra = {}): Flag {
  return { name, kind: 'text', standard: '', help, ...extra };
}

function list(name: string, help: string): Flag {
  return { name, kind: 'list', standard: '', help };
}

function toggle(name: string, help: string): Flag {
  return { name, kind: 'switch', standard: 'false', help };
}
