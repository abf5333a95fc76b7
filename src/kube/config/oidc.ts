import { AccessError } from '../../model/errors.ts';
import { kubeconfigError, type UserEntry } from './kubeconfig-file.ts';
import { tokenExpiry } from './token.ts';

/**
 * The token of a user with the old `auth-provider: oidc`; null without an auth-provider. An expired one is not renewed here: renewing
 * may use up the refresh token, and only kubectl would store the next one (client-go plugin/pkg/client/auth/oidc).
 */
export function oidcToken(provider: UserEntry['auth-provider'], user: string): string | null {
  if (!provider) return null;
  if (provider.name !== 'oidc') {
    throw kubeconfigError(
      `user ${user} logs in with auth-provider "${provider.name}", which kubectl dropped in 1.26; fetch the kubeconfig anew`,
    );
  }
  const token = provider.config?.['id-token'] || null;
  if (token === null) return null;
  const expiry = tokenExpiry(token);
  if (expiry === null) throw kubeconfigError(`the OIDC id-token of user ${user} is no JSON Web Token; log in again`);
  if (expiry.getTime() >= Date.now()) return token;
  throw new AccessError(
    'auth-unauthorized',
    `the OIDC token of user ${user} expired at ${expiry.toISOString()}; run any kubectl command, which renews it, and try again`,
  );
}
