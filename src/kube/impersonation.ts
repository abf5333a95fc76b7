import { kubeconfigError, type UserEntry } from './kubeconfig-file.ts';

/** The headers by which a request asks to be treated as another user's (client-go transport/round_trippers.go). */
export function impersonation(user: UserEntry): Record<string, string | string[]> {
  const { as: name, 'as-uid': uid, 'as-groups': groups = [], 'as-user-extra': extra = {} } = user;
  const more = uid || groups.length > 0 || Object.keys(extra).length > 0;
  if (!name && more) throw kubeconfigError('--as-group, --as-uid and --as-user-extra need --as; give the user too');
  if (!name) return {};
  const extras = Object.entries(extra).map(([key, values]) => [`impersonate-extra-${encodeURIComponent(key)}`, values]);
  return {
    'impersonate-user': name,
    ...(uid && { 'impersonate-uid': uid }),
    ...(groups.length > 0 && { 'impersonate-group': groups }),
    ...Object.fromEntries(extras),
  };
}
