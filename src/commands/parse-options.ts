import type { ConnectionFlags } from '../kube/connection-flags.ts';
import { EXIT, UserError } from '../model/errors.ts';
import { OPERATOR_CONTAINER } from '../objects/pod.ts';
import type { OutputFormat } from '../report/format.ts';
import { COLOR_MODES, type ColorMode } from '../terminal/color.ts';
import { duration } from './duration.ts';
import { FAIL_ON, type FailOn } from './fail-on.ts';
import type { Flag } from './flag.ts';
import { REQUEST_TIMEOUT } from './global-flags.ts';
import { LOG_TAIL } from './log-flags.ts';
import { outputFormat } from './output-flag.ts';
import { type RepairOptions, repairOptions } from './repair-flags.ts';
import { type Goal, goalOf } from './wait-flags.ts';

/** What was asked for, checked and typed; `null` is "not given". */
export interface Options {
  /** kubectl's connection flags by name, as given: '' and [] are "not given". */
  connection: ConnectionFlags;
  namespace: string | null;
  /** Milliseconds for the whole run; 0 is no limit. */
  requestTimeout: number;
  from: string | null;
  output: OutputFormat;
  /** What follows `jsonpath=`. */
  template: string;
  watch: boolean;
  color: ColorMode;
  failOn: FailOn;
  showCommands: boolean;
  quiet: boolean;
  client: boolean;
  explain: boolean;
  previous: boolean;
  /** How many of a log's last lines; null is all. */
  tail: number | null;
  /** How far back a log goes, in milliseconds; null is no limit. */
  since: number | null;
  container: string;
  /** Whether `can-i` prints RBAC objects, and whether for writes too. */
  role: boolean;
  writes: boolean;
  /** What `wait` waits for. */
  goal: Goal;
  /** What commands that change a cluster look at; `wait` has its timeout here too. */
  repair: RepairOptions;
  /** The CODE, KIND, KIND/NAME or KIND NAME after `describe`, the CODE after `explain`. */
  subject: string | null;
}

/** Parsed arguments as yargs gives them: a flag that was repeated is a list. */
export type ParsedArguments = Readonly<Record<string, unknown>>;

/** Turns parsed arguments into options, `flags` being the command's own; throws a usage error that names the flag and the allowed values. */
export function parseOptions(args: ParsedArguments, flags: readonly Flag[] = []): Options {
  return {
    connection: connectionFlags(args),
    namespace: word(args, 'namespace') || null,
    requestTimeout: timeout(word(args, 'request-timeout') || REQUEST_TIMEOUT),
    from: word(args, 'from') || null,
    ...outputFormat(word(args, 'output') || 'text', flags),
    watch: args.watch === true,
    color: oneOf('color', COLOR_MODES, word(args, 'color') || 'auto'),
    failOn: oneOf('fail-on', FAIL_ON, word(args, 'fail-on') || 'incomplete'),
    showCommands: args['show-commands'] === true,
    quiet: args.quiet === true,
    client: args.client === true,
    explain: args.explain === true,
    previous: args.previous === true,
    tail: tail(word(args, 'tail') || LOG_TAIL),
    since: since(word(args, 'since')),
    container: word(args, 'container') || OPERATOR_CONTAINER,
    role: args.role === true,
    writes: args.writes === true,
    goal: goalOf(word(args, 'for')),
    repair: repairOptions(args),
    subject: [word(args, 'subject'), word(args, 'name')].filter(Boolean).join('/') || null,
  };
}

function connectionFlags(args: ParsedArguments): ConnectionFlags {
  return {
    kubeconfig: word(args, 'kubeconfig'),
    context: word(args, 'context'),
    cluster: word(args, 'cluster'),
    user: word(args, 'user'),
    server: word(args, 'server'),
    token: word(args, 'token'),
    tlsServerName: word(args, 'tls-server-name'),
    insecureSkipTlsVerify: args['insecure-skip-tls-verify'] === true,
    certificateAuthority: word(args, 'certificate-authority'),
    clientCertificate: word(args, 'client-certificate'),
    clientKey: word(args, 'client-key'),
    as: word(args, 'as'),
    asUid: word(args, 'as-uid'),
    asGroup: words(args, 'as-group'),
    asUserExtra: words(args, 'as-user-extra'),
    disableCompression: args['disable-compression'] === true,
  };
}

/** A repeated flag counts as given last, as in kubectl. */
function word(args: ParsedArguments, name: string): string {
  return words(args, name).at(-1) ?? '';
}

function words(args: ParsedArguments, name: string): string[] {
  const value = args[name];
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function timeout(text: string): number {
  const milliseconds = duration(text);
  if (milliseconds !== null) return milliseconds;
  const hint = 'use a number of seconds or a duration such as 10s, 2m or 1h';
  throw new UserError(`invalid value "${text}" for --request-timeout: ${hint}`, EXIT.usage);
}

function tail(text: string): number | null {
  if (text === '-1') return null;
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new UserError(`invalid value "${text}" for --tail: use a number of lines, or -1 for all`, EXIT.usage);
}

function since(text: string): number | null {
  const milliseconds = text === '' ? null : duration(text);
  if (text === '' || (milliseconds !== null && milliseconds > 0)) return milliseconds;
  throw new UserError(`invalid value "${text}" for --since: use a duration such as 10m or 1h`, EXIT.usage);
}

function oneOf<T extends string>(flag: string, allowed: readonly T[], text: string): T {
  const found = allowed.find((one) => one === text.toLowerCase());
  if (found) return found;
  throw new UserError(`invalid value "${text}" for --${flag}: must be one of ${allowed.join(', ')}`, EXIT.usage);
}
