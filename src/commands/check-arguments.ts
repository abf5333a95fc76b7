import { EXIT, UserError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { Command } from './command.ts';
import type { Flag } from './flag.ts';
import type { ParsedArguments } from './parsed-arguments.ts';

/** What yargs itself puts among the parsed flags. */
const NOT_FLAGS = ['_', '$0', 'subject', 'name'];

/** Refuses, naming the nearest right word, a command, flag or further argument that does not exist. */
export function checkArguments(
  parsed: ParsedArguments,
  command: Command | null,
  known: { commands: readonly Command[]; flags: readonly Flag[] },
): void {
  const words = Array.isArray(parsed._) ? parsed._.map(String) : [];
  const names = known.commands.map((one) => one.name);
  if (!command && words[0] !== undefined) throw usage(`unknown command "${words[0]}"`, nearest(words[0], names));
  checkFlags(parsed, [...known.flags, ...(command?.flags ?? [])], names);
  if (words.length > 1) throw usage(`unexpected arguments: ${words.slice(1).join(' ')}`, null);
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

function usage(message: string, near: string | null): UserError {
  return new UserError(`${message}${near ? `; did you mean ${near}?` : ''}`, EXIT.usage);
}
