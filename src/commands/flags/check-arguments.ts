import { EXIT, UserError } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import type { Command } from '../command.ts';
import { checkClashes, GLOBAL_CLASHES } from './clash.ts';
import { CONFIG_FLAGS } from './config-flags.ts';
import type { Flag } from './flag.ts';
import { mayBeEmpty } from './global-flags.ts';
import type { ParsedArguments } from './parsed-arguments.ts';

/** What yargs itself puts among the parsed flags. */
const NOT_FLAGS = ['_', '$0', 'subject', 'name'];

/** Refuses, naming the nearest right word, a command, flag, value or further argument that does not exist, and flags that contradict. */
export function checkArguments(
  parsed: ParsedArguments,
  command: Command | null,
  known: { commands: readonly Command[]; flags: readonly Flag[] },
): void {
  const words = Array.isArray(parsed._) ? parsed._.map(String) : [];
  const names = known.commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
  if (!command && words[0] !== undefined) throw usage(`unknown command "${words[0]}"`, nearest(words[0], names));
  const flags = [...known.flags, ...(command?.flags ?? [])];
  checkFlags(parsed, flags, names);
  if (words.length > 1) throw usage(`unexpected arguments: ${words.slice(1).join(' ')}`, null);
  if (parsed.help === true) return;
  for (const flag of flags) checkValues(flag, [parsed[flag.name] ?? []].flat().map(String));
  checkClashes(parsed, flags, [...GLOBAL_CLASHES, ...(command?.clashes ?? [])]);
}

function checkFlags(parsed: ParsedArguments, flags: readonly Flag[], commands: readonly string[]): void {
  const names = flags.map((flag) => flag.name);
  const allowed = [...NOT_FLAGS, ...names, ...flags.flatMap((flag) => flag.short ?? [])];
  const unknown = Object.keys(parsed).find((key) => !allowed.includes(key));
  if (unknown === undefined) return;
  if (unknown.length === 1) throw usage(`unknown shorthand flag: -${unknown}`, null);
  const flag = nearest(unknown, names);
  throw usage(`unknown flag: --${unknown}`, flag ? `--${flag}` : nearest(unknown, commands));
}

/** kubectl's own flags may be given twice, as behind an alias: the last one counts. */
function checkValues(flag: Flag, values: readonly string[]): void {
  const [value, another] = flag.kind === 'list' ? values : new Set(values);
  if (value === undefined) return;
  if (another !== undefined && flag.kind !== 'list' && !CONFIG_FLAGS.includes(flag)) {
    throw usage(`--${flag.name} is given twice: "${value}" and "${another}"`, null);
  }
  if (value === '' && !mayBeEmpty(flag)) throw usage(`flag needs an argument: --${flag.name}`, null);
  if (value !== '' && flag.choices) checkChoice(flag, flag.choices, value);
}

/** The refusal of a format is kubectl's sentence (cli-runtime v0.36 pkg/genericclioptions/print_flags.go). */
function checkChoice({ name }: Flag, choices: readonly string[], value: string): void {
  const word = value.toLowerCase();
  if (choices.some((one) => one === word || (one.endsWith('=') && word.startsWith(one)))) return;
  const format = `unable to match a printer suitable for the output format "${value}", allowed formats are: ${choices.toSorted().join(',')}`;
  const other = `invalid value "${value}" for --${name}: must be one of ${choices.join(', ')}`;
  throw usage(name === 'output' ? format : other, nearest(word, choices));
}

function usage(message: string, near: string | null): UserError {
  return new UserError(`${message}${near ? `; did you mean ${near}?` : ''}`, EXIT.usage);
}
