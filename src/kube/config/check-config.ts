import { readFileSync } from 'node:fs';
import { EXIT, UserError } from '../../model/errors.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { type ClusterEntry, type ExecEntry, kubeconfigError, type UserEntry } from './kubeconfig-file.ts';

const PROXIES = ['http:', 'https:', 'socks5:'];
const INTERACTIVE_MODES = ['Never', 'IfAvailable', 'Always'];

/** Refuses a cluster that kubectl refuses (client-go tools/clientcmd/validation.go, transport/transport.go). */
export function checkCluster(
  cluster: ClusterEntry,
  name: string | undefined,
  flags: ConnectionFlags,
  isTls: boolean,
): void {
  const which = name === undefined ? 'the cluster' : `cluster "${name}"`;
  const { 'certificate-authority': file, 'certificate-authority-data': data, 'proxy-url': proxy } = cluster;
  if (file && data) throw twice(which, 'certificate-authority', 'certificate-authority-data');
  if (isTls && (file || data) && cluster['insecure-skip-tls-verify']) {
    const both = '--insecure-skip-tls-verify and --certificate-authority contradict each other';
    if (flags.certificateAuthority) throw new UserError(`${both}; give only one`, EXIT.usage);
    throw twice(which, 'a certificate authority', 'insecure-skip-tls-verify');
  }
  const protocol = proxy ? URL.parse(proxy)?.protocol : 'http:';
  if (!protocol || !PROXIES.includes(protocol)) {
    throw kubeconfigError(`the proxy-url of ${which} is no address that begins with http://, https:// or socks5://`);
  }
}

/** Refuses a user that kubectl refuses. What is wrong because of the flags alone is wrong usage. */
export function checkUser(user: UserEntry, name: string | undefined, flags: ConnectionFlags): void {
  const which = name === undefined ? 'the user' : `user "${name}"`;
  if (user.token && (user.username || user.password)) throw twice(which, 'a token', 'a username or password');
  checkPair(user, which, flags);
  if (user.exec) checkExec(user.exec, user, which);
  const asMore = user['as-uid'] || user['as-groups']?.length || Object.keys(user['as-user-extra'] ?? {}).length;
  if (user.as || !asMore) return;
  if (flags.asUid || flags.asGroup.length > 0 || flags.asUserExtra.length > 0) {
    throw new UserError('--as-group, --as-uid and --as-user-extra need --as; give the user too', EXIT.usage);
  }
  throw kubeconfigError(`${which} has as-uid, as-groups or as-user-extra without as; give the user with --as`);
}

function checkPair(user: UserEntry, which: string, flags: ConnectionFlags): void {
  const { 'client-certificate': certificate, 'client-certificate-data': certificateData } = user;
  const { 'client-key': key, 'client-key-data': keyData } = user;
  if (!certificate && !certificateData) return;
  if (certificate && certificateData) throw twice(which, 'client-certificate', 'client-certificate-data');
  if (key && keyData) throw twice(which, 'client-key', 'client-key-data');
  if (certificate) readFileOf(certificate, 'client-certificate');
  if (key) readFileOf(key, 'client-key');
  if (key || keyData) return;
  if (flags.clientCertificate) throw new UserError('--client-certificate needs --client-key; give both', EXIT.usage);
  throw kubeconfigError(`${which} has a client certificate without its key; fetch the kubeconfig anew`);
}

function checkExec(exec: ExecEntry, user: UserEntry, which: string): void {
  if (user['auth-provider']) throw twice(which, 'exec', 'auth-provider');
  const missing = (['command', 'apiVersion', 'interactiveMode'] as const).find((field) => !exec[field]);
  if (missing) throw kubeconfigError(`the credential plugin of ${which} has no ${missing}; correct the kubeconfig`);
  if (exec.env?.some((variable) => !variable?.name)) {
    throw kubeconfigError(
      `the credential plugin of ${which} has an env variable without a name; correct the kubeconfig`,
    );
  }
  if (INTERACTIVE_MODES.includes(exec.interactiveMode ?? '')) return;
  const modes = INTERACTIVE_MODES.join(', ');
  throw kubeconfigError(
    `the credential plugin of ${which} has interactiveMode "${exec.interactiveMode}"; kubectl knows ${modes}`,
  );
}

function twice(which: string, one: string, other: string): Error {
  return kubeconfigError(`${which} has both ${one} and ${other}, and kubectl allows only one; leave one out`);
}

/** A file that the kubeconfig or a flag refers to. */
export function readFileOf(path: string, field: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw kubeconfigError(`cannot read ${path}, the kubeconfig's ${field}: ${code}; fetch the kubeconfig anew`);
  }
}
