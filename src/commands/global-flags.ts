import { COLOR_MODES } from '../terminal/color.ts';
import type { Flag } from './flag.ts';

/** For the whole run: an engineer who waits longer has learnt nothing yet. */
export const REQUEST_TIMEOUT = '10s';

/** kubectl's own connection flags: cli-runtime v0.36 pkg/genericclioptions/config_flags.go, with its names and help. */
const CONFIG_FLAGS: readonly Flag[] = [
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
    'namespace',
    'The namespace of virt-operator. Without it the namespace is looked for, and the answer says how it was found.',
    { short: 'n', completes: 'namespace' },
  ),
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
];

/** Help is asked for in place of a command's work. */
export const HELP_FLAG: Flag = toggle('help', 'Help for this command', { short: 'h' });

/** Flags that every command takes. */
export const GLOBAL_FLAGS: readonly Flag[] = [
  ...CONFIG_FLAGS,
  text('color', 'When to use colour: auto, always or never', { standard: 'auto', choices: COLOR_MODES }),
  text(
    'from',
    'Read this bundle, directory or YAML file instead of a cluster; wait, can-i and repairs need the cluster itself',
    { completes: 'file' },
  ),
  toggle('quiet', 'Print no report; the exit code tells', { short: 'q' }),
  toggle(
    'show-commands',
    'Print the kubectl commands that read the same, on standard error (status, describe, alerts, logs)',
  ),
];

/** kubectl takes '' for not given. What else needs a value needs one: a script that lost it would do something else. */
export function mayBeEmpty(flag: Flag): boolean {
  return CONFIG_FLAGS.includes(flag) || flag.name === 'output';
}

type Extra = Partial<Pick<Flag, 'short' | 'standard' | 'choices' | 'completes'>>;

function text(name: string, help: string, extra: Extra = {}): Flag {
  return { name, kind: 'text', standard: '', help, ...extra };
}

function list(name: string, help: string): Flag {
  return { name, kind: 'list', standard: '', help };
}

function toggle(name: string, help: string, extra: Extra = {}): Flag {
  return { name, kind: 'switch', standard: 'false', help, ...extra };
}
