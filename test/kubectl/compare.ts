import { EXIT } from '../../src/model/errors.ts';
import type { Case } from './cases.ts';
import type { Outcome } from './outcome.ts';

/** A difference that is meant; docs/kubeconfig.md tells each. */
interface Meant {
  name: string;
  holds(one: Case, theirs: Outcome, ours: Outcome): boolean;
}

export const MEANT: readonly Meant[] = [
  {
    name: 'no server: localhost:8080 is not tried',
    holds: (_, theirs, ours) => isDefaultServer(theirs) && ours.end === 'config',
  },
  {
    name: 'no login: nobody is asked for a password',
    holds: (_, theirs, ours) =>
      theirs.end === 'prompt' && ours.end !== 'prompt' && !ours.identities.some((line) => /authorization/.test(line)),
  },
  { name: 'a login that expired is not sent', holds: (_, _theirs, ours) => / expired at /.test(ours.stderr) },
  {
    name: 'in a pod flags hold too',
    holds: ({ draft }, theirs, ours) =>
      'KUBERNETES_SERVICE_HOST' in draft.env &&
      ((isDefaultServer(theirs) && ours.end === 'asked') ||
        (theirs.end === 'asked' && / contradict /.test(ours.stderr))),
  },
  {
    name: 'without TLS --disable-compression holds too',
    holds: (_, theirs, ours) =>
      ours.identities.length === 1 &&
      theirs.identities.join().replace('; accept-encoding: gzip', '') === ours.identities.join() &&
      ours.identities.every((line) => line.startsWith('plain;')),
  },
];

/** What no output may hold. */
const SECRETS = /token-of-\w+|token-until|only-flags|password-of-flag|of-text|another\.token|beside|pa:ss|PRIVATE KEY/;

/** Where client-go goes that knows no server (tools/clientcmd/client_config.go getDefaultServer). */
function isDefaultServer({ end, stderr }: Outcome): boolean {
  return end === 'unreachable' && stderr.includes('localhost:8080');
}

/** How the plugin's outcome differs from kubectl's, or null. Of several faults either may name another first: `faults` are those that the case is made of. */
export function difference(one: Case, theirs: Outcome, ours: Outcome, faults: readonly string[]): string | null {
  const areBothFailed = theirs.end !== 'asked' && ours.end !== 'asked';
  const isUsage = theirs.end === 'config' && ours.end === 'usage';
  if (theirs.end !== ours.end && !isUsage && !(areBothFailed && faults.includes(ours.end))) {
    return `kubectl ended with "${theirs.end}", the plugin with "${ours.end}"`;
  }
  if (areBothFailed) return null;
  const [plugins, ownPlugins] = [theirs.plugin.join('\n  '), ours.plugin.join('\n  ')];
  if (plugins !== ownPlugins) return `started the credential plugin with\n  ${plugins}\nand\n  ${ownPlugins}`;
  const own = ours.identities.map((line) => line.replace('accept-encoding: gzip, br', 'accept-encoding: gzip'));
  const [asked, ownAsked] = [theirs.identities.join('\n  '), own.join('\n  ')];
  if (asked !== ownAsked) return `asked as\n  ${asked}\nand\n  ${ownAsked}`;
  const isNamed = one.draft.flags.some((flag) => /^(--namespace|-n)/.test(flag));
  const isSame = theirs.namespaces.join() === ours.namespaces.join();
  return isNamed && !isSame ? `asked for namespace ${theirs.namespaces} and ${ours.namespaces}` : null;
}

/** What is wrong with how the plugin says it, whatever kubectl does. */
export function complaint({ draft }: Case, { end, code, stderr, stdout }: Outcome): string | null {
  const secret = SECRETS.exec(stderr + stdout)?.[0];
  if (secret) return `it prints the secret ${secret}`;
  const verbosity = Math.max(0, ...draft.flags.map((flag, index) => verbosityOf(flag, draft.flags[index + 1])));
  const requests = stderr.split('\n').filter((line) => line.startsWith('"Response" verb="GET" url="http'));
  if (end === 'asked') return verbosity >= 6 && requests.length === 0 ? '-v shows no request' : null;
  const missing = /the kubeconfig has no (?:context|cluster|user) "([^"]*)"/.exec(stderr)?.[1];
  const isFlagWrong = draft.flags.some((flag) => missing !== undefined && flag.replace(/^--\w+=/, '') === missing);
  const wanted = end === 'usage' || isFlagWrong ? EXIT.usage : EXIT.noAnswer;
  if (code !== wanted) return `it ended with ${code}, not ${wanted}`;
  const isOneLine = /^error: [^\n]+\n$/.test(stderr);
  return isOneLine || verbosity > 0 ? null : `it wrote more or less than one line: ${stderr}`;
}

function verbosityOf(flag: string, next = ''): number {
  return Number(/^(?:-v|--v=)(\d+)$/.exec(flag)?.[1] ?? (flag === '-v' ? next : 0)) || 0;
}
