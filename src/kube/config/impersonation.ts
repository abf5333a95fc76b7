import type { UserEntry } from './kubeconfig-file.ts';

/** The headers by which a request asks to be treated as another user's (client-go transport/round_trippers.go). */
export function impersonation(user: UserEntry): Record<string, string | string[]> {
  const { as: name, 'as-uid': uid, 'as-groups': groups, 'as-user-extra': extra } = user;
  if (!name) return {};
  const extras = Object.entries(extra ?? {}).map(([key, values]) => [
    `impersonate-extra-${escapedKey(key).toLowerCase()}`,
    (values ?? []).map(onTheWire),
  ]);
  return {
    'impersonate-user': onTheWire(name),
    ...(uid && { 'impersonate-uid': onTheWire(uid) }),
    ...(groups?.length && { 'impersonate-group': groups.map(onTheWire) }),
    ...Object.fromEntries(extras),
  };
}

/** A header's name holds only letters, digits and some signs (RFC 9110 5.6.2); every other byte, and the percent sign, is escaped. */
function escapedKey(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      return /[\w!#$&'*+.^`|~-]/.test(letter) ? letter : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

/** Node writes a header byte by byte as Latin-1; Kubernetes reads UTF-8. */
function onTheWire(text: string): string {
  return Buffer.from(text).toString('latin1');
}
