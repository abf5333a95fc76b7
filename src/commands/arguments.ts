import { EXIT, UserError } from '../model/errors.ts';
import type { Flag } from './flag.ts';

/** How Go writes a truth value (strconv.ParseBool). */
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

/**
 * Rewrites what kubectl's flag parser (spf13/pflag) takes and yargs does not: glued values (`-ojson`, `-n=kubevirt`),
 * `_` for `-` in flag names, `=1` for a switch, and `help COMMAND`. Everything after `--` stays as it is.
 */
export function normalizeArguments(args: readonly string[], flags: readonly Flag[]): string[] {
  const end = args.indexOf('--');
  const own = end < 0 ? args : args.slice(0, end);
  const asked = own[0] === 'help' ? [...own.slice(1), '--help'] : own;
  return [...asked.flatMap((arg) => normalize(arg, flags)), ...(end < 0 ? [] : args.slice(end))];
}

function normalize(arg: string, flags: readonly Flag[]): string[] {
  if (arg.startsWith('--')) return [long(arg, flags)];
  const short = arg[1] ?? '';
  const isValued = flags.some((flag) => flag.short === short && flag.kind !== 'switch');
  if (!arg.startsWith('-') || !isValued || arg.length < 3) return [arg];
  return [`-${short}`, arg.slice(2).replace(/^=/, '')];
}

function long(arg: string, flags: readonly Flag[]): string {
  const [written = '', ...rest] = arg.split('=');
  const name = written.replaceAll('_', '-');
  const value = rest.join('=');
  const isSwitch = flags.some((flag) => `--${flag.name}` === name && flag.kind === 'switch');
  if (rest.length === 0 || !isSwitch) return [name, ...rest].join('=');
  if (!TRUE.includes(value) && !FALSE.includes(value)) {
    throw new UserError(`invalid value "${value}" for ${name}: use true or false`, EXIT.usage);
  }
  return `${name}=${TRUE.includes(value)}`;
}
