import type { ConnectionFlags } from '../../kube/config/connection-flags.ts';
import { EXIT, UserError } from '../../model/errors.ts';
import { OPERATOR_CONTAINER } from '../../objects/pod/pod.ts';
import { COLOR_MODES, type ColorMode } from '../../terminal/color.ts';
import { choiceOf } from './choice.ts';
import { connectionFlags, REQUEST_TIMEOUT } from './config-flags.ts';
import { duration } from './duration.ts';
import { FAIL_ON, type FailOn } from './fail-on.ts';
import { fleetOf } from './fleet-flags.ts';
import { LOG_TAIL } from './log-flags.ts';
import { type Format, outputFormat } from './output-flag.ts';
import { isOn, type ParsedArguments, word, words } from './parsed-arguments.ts';
import { type RepairOptions, repairOptions } from './repair-flags.ts';
import { type Goal, goalOf } from './wait-flags.ts';

/** What was asked for, checked and typed; `null` is "not given". */
export interface Options extends Format {
  /** kubectl's connection flags by name, as given: '' and [] are "not given". */
  connection: ConnectionFlags;
  namespace: string | null;
  /** Milliseconds for the whole run; 0 is no limit. */
  requestTimeout: number;
  from: string | null;
  watch: boolean;
  color: ColorMode;
  failOn: FailOn;
  showCommands: boolean;
  quiet: boolean;
  client: boolean;
  explain: boolean;
  follow: boolean;
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
  /** The contexts of a fleet, all of the kubeconfig's, or none: then it is one cluster. */
  fleet: readonly string[] | 'all' | null;
}

/** Turns parsed arguments into options; throws a usage error that names the flag and the allowed values. */
export function parseOptions(args: ParsedArguments): Options {
  return {
    connection: connectionFlags(args),
    namespace: word(args, 'namespace') || null,
    requestTimeout: timeout(word(args, 'request-timeout') || REQUEST_TIMEOUT),
    from: word(args, 'from') || null,
    ...outputFormat(word(args, 'output') || 'text'),
    watch: isOn(args, 'watch'),
    color: choiceOf(COLOR_MODES, word(args, 'color'), 'auto'),
    failOn: choiceOf(FAIL_ON, word(args, 'fail-on'), 'incomplete'),
    showCommands: isOn(args, 'show-commands'),
    quiet: isOn(args, 'quiet'),
    client: isOn(args, 'client'),
    explain: isOn(args, 'explain'),
    follow: isOn(args, 'follow'),
    previous: isOn(args, 'previous'),
    tail: tail(word(args, 'tail') || LOG_TAIL),
    since: since(word(args, 'since')),
    container: word(args, 'container') || OPERATOR_CONTAINER,
    role: isOn(args, 'role'),
    writes: isOn(args, 'writes'),
    goal: goalOf(word(args, 'for')),
    repair: repairOptions(args),
    subject: [word(args, 'subject'), word(args, 'name')].filter(Boolean).join('/') || null,
    fleet: fleetOf(words(args, 'contexts'), isOn(args, 'all-contexts')),
  };
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
