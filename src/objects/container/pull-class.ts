import { isProxyAnswer } from './proxy-words.ts';

/** Why an image is not on its node, named as the rules are. `image-pull-failed`: the words are none that are known. */
export type PullClass =
  | 'image-name-invalid'
  | 'image-never-pull'
  | 'image-signature'
  | 'image-inspect-error'
  | 'image-arch-mismatch'
  | 'image-rate-limited'
  | 'image-disk-full'
  | 'image-tls'
  | 'image-dns'
  | 'image-network'
  | 'image-unauthorized'
  | 'image-not-found'
  | 'image-pull-failed';

/** Waiting reasons of a container without its image (Kubernetes 1.36 pkg/kubelet/images/types.go); null: only the text tells why. */
const REASONS: ReadonlyMap<string, PullClass | null> = new Map([
  ['ErrImagePull', null],
  ['ImagePullBackOff', null],
  ['RegistryUnavailable', null],
  ['InvalidImageName', 'image-name-invalid'],
  ['ErrImageNeverPull', 'image-never-pull'],
  ['SignatureValidationFailed', 'image-signature'],
  ['ImageInspectError', 'image-inspect-error'],
]);

/** Texts of the kubelet, containerd, CRI-O and Docker-era runtimes, in an order where an earlier one would also match a later pattern. */
const TEXTS: readonly [PullClass, RegExp][] = [
  ['image-name-invalid', /couldn't parse image (?:name|reference)|invalid reference format/],
  ['image-never-pull', /is not present with pull policy of Never/],
  ['image-signature', /SignatureValidationFailed|signature validation failed|Source image rejected/],
  [
    'image-inspect-error',
    /Failed to inspect image|short name mode is enforcing|short-name "[^"]*" did not resolve|dial unix \S*(?:containerd|crio|docker)\S*\.sock/,
  ],
  [
    'image-arch-mismatch',
    /no match(?:ing manifest)? for (?:platform|\w+\/\w+)|no image found in (?:manifest list|image index)/,
  ],
  ['image-rate-limited', /toomanyrequests|too many requests|\b429\b/i],
  ['image-disk-full', /no space left on device|disk quota exceeded/],
  ['image-network', /TLS handshake timeout/],
  ['image-tls', /x509:|\btls: |server gave HTTP response to HTTPS client/],
  ['image-dns', /\blookup \S+(?: on \S+)?:|no such host|server misbehaving/],
  [
    'image-network',
    /i\/o timeout|deadline exceeded|connection (?:refused|reset|timed out|lost)|unexpected EOF|: EOF\b/,
  ],
  [
    'image-network',
    /no route to host|network is unreachable|registry is unavailable|broken pipe|stream error: stream ID/,
  ],
  // Go's net/http that waited too long, and a pull that made no progress for so long that the runtime gave it up.
  ['image-network', /Client\.Timeout|context canceled/],
  ['image-network', /\b50\d \(?(?:Bad|Service|Gateway|Internal)|unexpected media type text\/html/],
  [
    'image-unauthorized',
    /pull access denied|may require authorization|insufficient_scope|authorization failed|failed to authorize/i,
  ],
  [
    'image-unauthorized',
    /\b401\b|\b403 \(?Forbidden|unauthorized|no basic auth credentials|access to the resource is denied|(?:^|: )denied: /i,
  ],
  ['image-not-found', /manifest unknown|name unknown|code = NotFound|not found/i],
];

/** Whether a container with this waiting reason lacks its image. */
export function lacksImage(reason: string | null | undefined): boolean {
  return REASONS.has(reason ?? '');
}

/** Whether the kubelet itself decided so, and not a text of the runtime or the registry. */
export function isOwnDecision(reason: string | null | undefined): boolean {
  return !!REASONS.get(reason ?? '');
}

/** What kind of failure it is, by the container's waiting reason, else by the words; of mirrors and the registry behind them, that one counts. */
export function pullClass(message: string, reason?: string | null): PullClass {
  const words = /\(Mirrors also failed: \[.*\]\): (.+)$/s.exec(message)?.[1] ?? message;
  const own = REASONS.get(reason ?? '');
  if (own) return own;
  if (isProxyAnswer(words)) return 'image-network';
  const unknown = reason === 'RegistryUnavailable' ? 'image-network' : 'image-pull-failed';
  return TEXTS.find(([, pattern]) => pattern.test(words))?.[0] ?? unknown;
}
