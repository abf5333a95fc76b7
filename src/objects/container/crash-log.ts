import { saidIn } from '../meta/log-line.ts';
import { isProxyAnswer } from './proxy-words.ts';

/** What the last known words of an operator that ended say, named as the rules are. */
export type LogClass =
  | 'crash-rbac'
  | 'leader-election-lost'
  | 'crash-api-unreachable'
  | 'missing-image-env'
  | 'crash-panic'
  | 'api-version-skew'
  | 'startup-misc-fatal'
  | 'exec-format-error';

/** Kubernetes 1.36 apiserver pkg/endpoints/handlers/responsewriters/errors.go forbiddenMessage. */
const FORBIDDEN =
  /is forbidden: User \\?"system:serviceaccount:|cannot (?:get|list|watch|create|update|patch|delete) resource/;
/** What a 401 reads like (Kubernetes 1.36 apimachinery pkg/api/errors/errors.go NewGenericServerResponse). */
export const UNAUTHENTICATED = /\bUnauthorized\b|the server has asked for the client to provide credentials/;

/** A call of the API server that got no answer of it at all, whatever Go says of why (net/http, net/url Error). Distrust of its certificate is another matter, and informers ask again (client-go tools/cache/reflector.go). */
const UNANSWERED =
  /(?:Get|Head|Post|Put|Patch|Delete) "?https?:\/\/[^" ]+\/(?:apis?|version)\b[^" ]*"?: (?<![Ff]ailed to (?:list|watch)\b.*)(?!.*(?:x509: |context canceled))/;

/** Go's network errors on the calls that virt-operator makes (KubeVirt v1.9 pkg/virt-operator/application.go), whatever it was asking for; a webhook that the API server cannot reach is another matter. */
const UNREACHABLE = new RegExp(
  `^(?!.*failed calling webhook).*(?:${UNANSWERED.source}|dial tcp [^ ]+: (?:i\\/o timeout|connect: [a-z ]+)|lookup kubernetes\\S* [^"]*(?:no such host|i\\/o timeout)|TLS handshake timeout)`,
);

/** client-go v0.33 and v0.36 tools/leaderelection/leaderelection.go, which say it differently, and KubeVirt v1.9 pkg/virt-operator/application.go OnStoppedLeading. */
const LEADER_LOST =
  /leaderelection lost|failed to renew lease|error retrieving (?:resource|lease) lock|failed to update (?:lock|lease)/i;

/** KubeVirt v1.9 pkg/virt-operator/util/config.go VerifyEnv, and what v1.6 and older said. */
const NO_IMAGE_ENV = /cannot find virt-operator's image|Error getting operator's image/;

/** KubeVirt v1.9 pkg/virt-operator/application.go, client-go v0.36 tools/clientcmd, Go's net and pflag. */
const FATAL =
  /Error setting up metrics|failed to register leader metrics|unable to get hostname|bind: address already in use|serviceaccount\/token: permission denied|unknown (?:shorthand )?flag: |flag provided but not defined: |^(?!.*\bwebhook\b).*x509: /;

/** The same, of a pod without a token: whether the program panics with these words or only logs them. */
export const NO_TOKEN =
  /failed to determine namespace|no configuration has been provided|serviceaccount\/token: no such file/;

/** An API of Kubernetes that is not served (apimachinery v0.36 pkg/api/meta/errors.go, pkg/api/errors/errors.go); KubeVirt's own are another matter. */
const NOT_SERVED =
  /no matches for kind "[^"]+" in version "(?![^"]*kubevirt\.io)|the server could not find the requested resource(?! \(\w+ [^)]*kubevirt\.io)/;

/** Whether a line says that the API server could not be reached, whatever for. */
export function isUnreachable(line: string): boolean {
  return UNREACHABLE.test(line);
}

/** Whether a line says so of a call that went to a proxy. */
export function isProxied(line: string): boolean {
  return isUnreachable(line) && isProxyAnswer(line);
}

const LINES: readonly [LogClass, RegExp][] = [
  ['crash-rbac', new RegExp(`${FORBIDDEN.source}|${UNAUTHENTICATED.source}`)],
  ['leader-election-lost', LEADER_LOST],
  ['crash-api-unreachable', UNREACHABLE],
  ['missing-image-env', NO_IMAGE_ENV],
  ['exec-format-error', /exec format error/i],
  ['startup-misc-fatal', NO_TOKEN],
  ['crash-panic', /^(?:panic|fatal error): /],
  ['api-version-skew', NOT_SERVED],
  ['startup-misc-fatal', FATAL],
];

export interface LastWords {
  kind: LogClass;
  /** The line, or what a JSON line says. */
  line: string;
}

/**
 * The last line of a log's end that is known: a program ends right after it says why. What a panic prints after its own line (the
 * stacks) says nothing; where its line is cut off, only that it was a panic. An error on the way to the lost lease is why it was lost.
 */
export function lastWords(log: string): LastWords | null {
  const found = log.split('\n').flatMap((line) => wordsOf(line) ?? []);
  const last = found.at(-1);
  if (last?.kind === 'leader-election-lost') return found.findLast(({ kind }) => kind === 'crash-rbac') ?? last;
  if (last) return last;
  const stack = log.split('\n').find((line) => /^\[signal SIG|^goroutine \d+ \[/.test(line));
  return stack === undefined ? null : { kind: 'crash-panic', line: stack };
}

/** What one line says, if it is known. */
export function wordsOf(line: string): LastWords | null {
  const said = saidIn(line);
  const kind = LINES.find(([, pattern]) => pattern.test(said))?.[0];
  return kind === undefined ? null : { kind, line: said };
}
