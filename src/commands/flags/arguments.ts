import { EXIT, UserError } from '../../model/errors.ts';
import type { Flag } from './flag.ts';

/**
 * Rewrites what kubectl's flag parser (spf13/pflag v1.0.9 flag.go) takes and yargs does not: glued values (`-ojson`, `-n=kubevirt`),
 * switches together (`-qy`) and with a value (`--quiet=0`), `_` for `-` in flag names, and `help COMMAND`. A value, and everything after
 * `--`, stays as it is. Throws a usage error for what is no value of a switch.
 */
export function normalizeArguments(args: readonly string[], flags: readonly Flag[]): string[] {
  const done: string[][] = [];
  let index = 0;
  while (index < args.length && args[index] !== '--') {
    const parts = normalize(args[index] ?? '', flags);
    // Its value is the next argument, whatever that looks like.
    const value = wantsValue(parts.at(-1) ?? '', flags) ? args.slice(index + 1, index + 2) : [];
    done.push([...parts, ...value]);
    index += 1 + value.length;
  }
  return [...askedForHelp(done).flat(), ...args.slice(index)];
}

/** `help` counts where the command's name would be. */
function askedForHelp(parts: string[][]): string[][] {
  const first = parts.findIndex(([word = '']) => !isFlag(word));
  if (parts[first]?.[0] !== 'help') return parts;
  return [...askedForHelp(parts.toSpliced(first, 1)), ['--help=true']];
}

function normalize(arg: string, flags: readonly Flag[]): string[] {
  if (!isFlag(arg)) return [arg];
  return arg.startsWith('--') ? [longFlag(arg, flags)] : shortFlags(arg, flags);
}

/** A single dash is a word. */
function isFlag(arg: string): boolean {
  return /^-./.test(arg);
}

function longFlag(arg: string, flags: readonly Flag[]): string {
  const [given = '', ...rest] = arg.split('=');
  const name = given.replaceAll('_', '-');
  const value = rest.length > 0 ? rest.join('=') : null;
  const isSwitch = flags.some((flag) => `--${flag.name}` === name && flag.kind === 'switch');
  if (isSwitch) return `${name}=${switchValue(name, value)}`;
  return value === null ? name : `${name}=${value}`;
}

/** One argument of letters as one argument for each; the first that takes a value takes the rest. */
function shortFlags(arg: string, flags: readonly Flag[]): string[] {
  const letter = arg[1] ?? '';
  const rest = arg.slice(2);
  const flag = flags.find(({ short }) => short === letter);
  if (!flag) return [arg];
  if (flag.kind !== 'switch') return rest === '' ? [`-${letter}`] : [`-${letter}=${rest.replace(/^=/, '')}`];
  if (rest.startsWith('=')) return [`-${letter}=${switchValue(`-${letter}`, rest.slice(1))}`];
  return [`-${letter}=true`, ...(rest === '' ? [] : shortFlags(`-${rest}`, flags))];
}

function wantsValue(arg: string, flags: readonly Flag[]): boolean {
  return flags.some(({ name, short, kind }) => kind !== 'switch' && (arg === `--${name}` || arg === `-${short}`));
}

/** What Go takes for true and false (strconv.ParseBool). */
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

function switchValue(name: string, value: string | null): boolean {
  if (value === null || TRUE.includes(value)) return true;
  if (FALSE.includes(value)) return false;
  throw new UserError(`invalid value "${value}" for ${name}: it is true where it is given, or =false`, EXIT.usage);
}
