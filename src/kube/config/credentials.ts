import { createPrivateKey, X509Certificate } from 'node:crypto';
import { AccessError } from '../../model/errors.ts';
import { readFileOf } from './check-config.ts';
import type { Host } from './host.ts';
import { impersonation } from './impersonation.ts';
import { type ExecEntry, kubeconfigError, type UserEntry } from './kubeconfig-file.ts';
import { oidcToken } from './oidc.ts';
import type { Target } from './target.ts';
import { tokenExpiry } from './token.ts';

/** What a request carries to show who sends it, and what the TLS handshake does. */
export interface Credentials {
  headers: Readonly<Record<string, string | string[]>>;
  /** PEM, both or neither. */
  certificate: string | null;
  key: string | null;
  /** When a credential plugin must be run again, in milliseconds since 1970; null is never. */
  expiresAt: number | null;
}

/** Logs in as the kubeconfig's user. Throws an AccessError that names the user and what to do, when that fails or what it yields has expired. */
export async function credentialsOf(target: Target, host: Host): Promise<Credentials> {
  const { user, cluster, server } = target;
  const name = cluster.user ?? 'of the flags';
  const own = loginIn(user, name);
  // A login of its own goes before the plugin, which then is not run (client-go exec.go UpdateTransportConfig).
  const isOwn = own.authorization !== null || (own.certificate !== null && own.key !== null);
  const login = user.exec && !isOwn ? await pluginLogin(user.exec, target, host, name) : own;
  checkCertificate(login, name);
  const authorization = loginOf(server) ?? login.authorization ?? bearer(oidcToken(user['auth-provider'], name), name);
  const headers = { ...(authorization && { authorization }), ...impersonation(user) };
  const { certificate, key, expiresAt } = login;
  return { headers, certificate: key && certificate, key: certificate && key, expiresAt };
}

type Login = Omit<Credentials, 'headers'> & { authorization: string | null };

function loginIn(user: UserEntry, name: string): Login {
  const authorization = bearer(tokenOf(user, name), name) ?? basic(user);
  return { authorization, certificate: pem(user, 'client-certificate'), key: pem(user, 'client-key'), expiresAt: null };
}

async function pluginLogin(exec: ExecEntry, target: Target, host: Host, name: string): Promise<Login> {
  const { execCredential } = await import('./exec-plugin.ts');
  const { token, ...rest } = await execCredential(exec, target, host);
  return { authorization: bearer(token, name), ...rest };
}

/** A login in the server's address goes before every other, as in Go's net/http. */
function loginOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null;
  return basic({ username: decodeURIComponent(username), password: decodeURIComponent(password) });
}

/** A token file is read anew each time and wins over a token beside it, unless it cannot be read (client-go transport/round_trippers.go). */
function tokenOf({ token, tokenFile }: UserEntry, name: string): string | null {
  if (!tokenFile) return token || null;
  try {
    const read = readFileOf(tokenFile, 'tokenFile').trim();
    if (read !== '') return read;
  } catch (error) {
    if (!token) throw error;
  }
  if (token) return token;
  throw kubeconfigError(
    `${tokenFile}, the tokenFile of user ${name}, is empty; log in again, or fetch the kubeconfig anew`,
  );
}

function bearer(token: string | null, name: string): string | null {
  if (token === null) return null;
  if (/[^\P{Cc}\t]/u.test(token)) {
    throw kubeconfigError(`the token of user ${name} holds a line break or control character; write it in one line`);
  }
  refuseExpiredToken(token, name);
  return `Bearer ${Buffer.from(token).toString('latin1')}`;
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

/**
 * Checks a certificate and its key before they are used: the TLS handshake would only say that it failed. One that has expired does no harm
 * beside a token or password, which the API server tries after it (Kubernetes 1.36 apiserver pkg/authentication/request/union/union.go).
 */
function checkCertificate({ certificate, key, authorization }: Login, name: string): void {
  if (certificate === null || key === null) return;
  const { validTo, subject } = parsePair(certificate, key, name);
  if (authorization !== null || Date.parse(validTo) >= Date.now()) return;
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

function refuseExpiredToken(token: string, name: string): void {
  const expiry = tokenExpiry(token);
  if (expiry === null || expiry.getTime() >= Date.now()) return;
  throw new AccessError(
    'auth-unauthorized',
    `the token of user ${name} expired at ${expiry.toISOString()}; log in again, or fetch the kubeconfig anew`,
  );
}
