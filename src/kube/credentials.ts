import { createPrivateKey, X509Certificate } from 'node:crypto';
import { AccessError } from '../model/errors.ts';
import type { Host } from './host.ts';
import { impersonation } from './impersonation.ts';
import { type ExecEntry, kubeconfigError, type UserEntry } from './kubeconfig-file.ts';
import { oidcToken } from './oidc.ts';
import { readFileOf, type Target } from './target.ts';
import { tokenExpiry } from './token.ts';

/** What a request carries to show who sends it, and what the TLS handshake does. */
export interface Credentials {
  headers: Readonly<Record<string, string | string[]>>;
  /** PEM, both or neither. */
  certificate: string | null;
  key: string | null;
}

/** Logs in as the kubeconfig's user. Throws an AccessError that names the user and what to do, when that fails or what it yields has expired. */
export async function credentialsOf(target: Target, host: Host): Promise<Credentials> {
  const { user, cluster } = target;
  const name = cluster.user ?? 'of the flags';
  const plugin = user.exec ? await runPlugin(user.exec, target, host) : null;
  const certificate = plugin?.certificate ?? pem(user, 'client-certificate');
  const key = plugin?.key ?? pem(user, 'client-key');
  checkCertificate(certificate, key, name);
  const token = plugin?.token ?? tokenOf(user) ?? oidcToken(user['auth-provider'], name);
  refuseExpiredToken(token, name);
  const authorization = token ? `Bearer ${token}` : basic(user);
  const headers = { ...(authorization && { authorization }), ...impersonation(user) };
  return { headers, certificate: key && certificate, key: certificate && key };
}

async function runPlugin(exec: ExecEntry, target: Target, host: Host) {
  const { execCredential } = await import('./exec-plugin.ts');
  return execCredential(exec, target, host);
}

/** A token file is read anew each time and wins over a token beside it (client-go transport/token_source.go). */
function tokenOf(user: UserEntry): string | null {
  return (user.tokenFile ? readFileOf(user.tokenFile, 'tokenFile') : (user.token ?? '')).trim() || null;
}

function basic({ username, password }: UserEntry): string | null {
  return username ? `Basic ${Buffer.from(`${username}:${password ?? ''}`).toString('base64')}` : null;
}

function pem(user: UserEntry, field: 'client-certificate' | 'client-key'): string | null {
  const data = user[`${field}-data`];
  if (data) return Buffer.from(data, 'base64').toString('utf8');
  const file = user[field];
  return file ? readFileOf(file, field) : null;
}

/** Checks a certificate and its key before they are used: the TLS handshake would only say that it failed. */
function checkCertificate(certificate: string | null, key: string | null, name: string): void {
  if (certificate === null || key === null) return;
  const { validTo, subject } = parsePair(certificate, key, name);
  if (Date.parse(validTo) >= Date.now()) return;
  const until = new Date(validTo).toISOString();
  const who = subject.replaceAll('\n', ', ');
  throw new AccessError(
    'client-cert-expired',
    `the client certificate of user ${name} (${who}) expired at ${until}; renew it, or fetch the kubeconfig anew`,
  );
}

function parsePair(certificate: string, key: string, name: string): X509Certificate {
  const parsed = unless(() => new X509Certificate(certificate), `the client certificate of user ${name} is no PEM`);
  const privateKey = unless(() => createPrivateKey(key), `the client key of user ${name} is no PEM that can be read`);
  if (parsed.checkPrivateKey(privateKey)) return parsed;
  throw kubeconfigError(`the client key of user ${name} does not belong to its certificate; fetch the kubeconfig anew`);
}

/** The value, or an AccessError with this message. */
function unless<T>(make: () => T, message: string): T {
  try {
    return make();
  } catch (error) {
    throw Object.assign(kubeconfigError(`${message}; fetch the kubeconfig anew`), { cause: error });
  }
}

function refuseExpiredToken(token: string | null, name: string): void {
  const expiry = token === null ? null : tokenExpiry(token);
  if (expiry === null || expiry.getTime() >= Date.now()) return;
  throw new AccessError(
    'auth-unauthorized',
    `the token of user ${name} expired at ${expiry.toISOString()}; log in again, or fetch the kubeconfig anew`,
  );
}
