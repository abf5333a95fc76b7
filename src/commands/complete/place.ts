import type { Command } from '../command.ts';
import { normalizeArguments } from '../flags/arguments.ts';
import type { Flag } from '../flags/flag.ts';

/** What the last of the words is to become; `word` is as much of it as was typed. */
export type Place =
  | { what: 'command'; word: string }
  | { what: 'flag'; word: string; flags: readonly Flag[] }
  /** `glued` stands before the value in the same word and is part of what is replaced: `-o` of `-ojson`. */
  | { what: 'value'; word: string; flag: Flag; glued: string }
  | { what: 'argument'; word: string; command: Command }
  | { what: 'nothing' };

/** The words before, as the parser would give them: flags by name. */
export type Given = Readonly<Record<string, true | readonly string[]>>;

/** Reads a command line that is not finished: its last word is the one under the cursor, '' when that is yet to come. */
export function placeOf(
  words: readonly string[],
  commands: readonly Command[],
  globals: readonly Flag[],
): { place: Place; given: Given } {
  const word = words.at(-1) ?? '';
  const all = [...globals, ...commands.flatMap(({ flags }) => flags)];
  const before = readWords(normalizeArguments(words.slice(0, -1), all), { commands, globals, all });
  return { place: placeAfter(before, word, globals), given: before.given };
}

interface Known {
  commands: readonly Command[];
  globals: readonly Flag[];
  /** The flags of all commands, for as long as it is not known which is meant. */
  all: readonly Flag[];
}

interface Before {
  command: Command | null;
  /** How many words that are no flags came after the command. */
  count: number;
  given: Record<string, true | string[]>;
  /** The flag that the next word is the value of. */
  waiting: Flag | null;
  /** After `--` there are no more flags. */
  isOnlyWords: boolean;
  isLost: boolean;
}

function readWords(words: readonly string[], tables: Known): Before {
  const before: Before = { command: null, count: 0, given: {}, waiting: null, isOnlyWords: false, isLost: false };
  for (const word of words) {
    if (before.waiting) giveWaiting(before, before.waiting, word);
    else if (before.isOnlyWords || !/^-./.test(word)) readWord(before, word, tables.commands);
    else if (word === '--') before.isOnlyWords = true;
    else readFlag(before, word, before.command ? [...before.command.flags, ...tables.globals] : tables.all);
  }
  return before;
}

function readFlag(before: Before, word: string, flags: readonly Flag[]): void {
  const [, name = '', value] = /^--?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const flag = flagNamed(name, flags);
  if (!flag || flag.kind === 'switch') before.given[flag?.name ?? name] = true;
  else if (value === undefined) before.waiting = flag;
  else give(before, flag, value);
}

function giveWaiting(before: Before, flag: Flag, value: string): void {
  give(before, flag, value);
  before.waiting = null;
}

function readWord(before: Before, word: string, commands: readonly Command[]): void {
  if (before.command) {
    before.count += 1;
    return;
  }
  before.command = commands.find(({ name, aliases }) => name === word || aliases?.includes(word)) ?? null;
  before.isLost ||= before.command === null;
}

function give({ given }: Before, { name }: Flag, value: string): void {
  const earlier = given[name];
  given[name] = [...(Array.isArray(earlier) ? earlier : []), value];
}

function flagNamed(name: string, flags: readonly Flag[]): Flag | undefined {
  return flags.find((flag) => flag.name === name || flag.short === name);
}

function placeAfter(before: Before, word: string, globals: readonly Flag[]): Place {
  const { command, count, given, waiting, isOnlyWords, isLost } = before;
  if (waiting) return { what: 'value', word, flag: waiting, glued: '' };
  if (isLost || (command && given.help)) return { what: 'nothing' };
  const flags = [...(command?.flags ?? []), ...globals];
  if (word.startsWith('-') && !isOnlyWords) return flagPlace(word, flags, given);
  if (!command) return { what: 'command', word };
  return count === 0 ? { what: 'argument', word, command } : { what: 'nothing' };
}

function flagPlace(word: string, flags: readonly Flag[], given: Given): Place {
  const [, name = '', value] = /^--?([^=]+)=(.*)$/s.exec(word) ?? [];
  const glued = word.slice(0, 2);
  const flag = flagNamed(value === undefined ? glued.slice(1) : name, flags);
  if (flag && flag.kind !== 'switch') {
    if (value !== undefined) return { what: 'value', word: value, flag, glued: '' };
    if (word.length > 2) return { what: 'value', word: word.slice(2), flag, glued };
  }
  return { what: 'flag', word, flags: flags.filter((one) => one.kind === 'list' || !(one.name in given)) };
}
