import type { Ended } from './ask.ts';
import type { Seen } from './recorder.ts';

/** What came of a case: what servers saw, or why they saw nothing. */
export interface Outcome extends Ended {
  /** `asked`, or why not: `usage`, `config`, `plugin`, `version`, `tls`, `unreachable`, or `other`. */
  end: string;
  /** Who asked whom and how, each once. */
  identities: readonly string[];
  namespaces: readonly string[];
  /** What a credential plugin was started with, each time. */
  plugin: readonly string[];
}

/** Why nothing was asked, by what either program says; the first that fits. */
const ENDS: readonly (readonly [string, RegExp])[] = [
  ['prompt', /Please enter Username/],
  [
    'usage',
    /unknown (flag|command)|invalid (argument|value)|flag needs an argument|flags cannot be placed|contradict each other|Invalid timeout value|needs? --(as|client-key)\b/,
  ],
  ['version', /differs from client version|the server is .* and kubectl is/],
  [
    'config',
    /are both specified|root certificates file with the insecure flag|invalid apiVersion|must be specified|in combination with|no server found|invalid '?(proxy-url|interactiveMode)|without impersonating|unsupported protocol scheme|not the address of a server|tls: (failed to find|private key)|does not belong to its certificate|auth-provider|auth provider|plugin of user .* has|No Auth Provider|no valid JWT|not a valid JWT/,
  ],
  [
    'plugin',
    /exec plugin|exec: executable|getting credentials|credential plugin .*(fail|did not|answered|returned|is not installed|must ask)|forbids the credential plugin/,
  ],
  [
    'tls',
    /x509:|tls:|gave no connection: DEPTH_ZERO|remote error|its certificate|signed its certificate|no TLS connection|does not speak TLS|server gave HTTP response to HTTPS/,
  ],
  [
    'unreachable',
    /refused|no such host|cannot be resolved|dial tcp|proxyconnect|socks connect|gave no connection|broke off|no connection to/,
  ],
  [
    'config',
    /config|does not exist|kuberc|PEM|no such file|cannot read|token|username\/password|allowlist|policy|header field|the gcp auth plugin/i,
  ],
];

export function outcomeOf(ended: Ended, seen: readonly Seen[], plugin: readonly string[]): Outcome {
  const asked = seen.filter(({ path }) => !/\/version(\?|$)/.test(path));
  const text = `${ended.stdout}\n${ended.stderr
    .split('\n')
    .filter((line) => !/^[IWE]\d{4} /.test(line))
    .join('\n')}`;
  const end = asked.length > 0 ? 'asked' : (ENDS.find(([, words]) => words.test(text))?.[0] ?? 'other');
  return {
    ...ended,
    end,
    identities: [...new Set(seen.map(identity))].sort(),
    namespaces: [...new Set(asked.flatMap(({ path }) => namespaceIn(path) ?? []))],
    plugin: plugin.map(normalized),
  };
}

function identity({ server, path, host, sni, certificate, proxy, headers }: Seen): string {
  const prefix = path.replace(/\/(apis?|version)(\/.*|\?.*)?$/, '') || '/';
  return [server, host, prefix, `sni ${sni}`, `certificate ${certificate}`, `proxy ${proxy}`, ...headers].join('; ');
}

function namespaceIn(path: string): string | null {
  return (
    /\/namespaces\/([^/]+)\/(?:serviceaccounts\/default\/token|deployments\/virt-operator)/.exec(path)?.[1] ?? null
  );
}

/** JSON with its keys in order. */
function normalized(line: string): string {
  const [args, value, ...info] = line.split('|');
  const sorted = (one: unknown): unknown =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one)
            .sort()
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : one;
  return [args, value, JSON.stringify(sorted(JSON.parse(info.join('|'))))].join('|');
}
