import yargs, { type Argv } from 'yargs';
import type { Command } from './commands/command.ts';
import { COMPLETE, COMPLETE_HERE, complete, completeHere } from './commands/complete/complete.ts';
import { normalizeArguments } from './commands/flags/arguments.ts';
import { checkArguments } from './commands/flags/check-arguments.ts';
import type { Flag } from './commands/flags/flag.ts';
import { GLOBAL_FLAGS, HELP_FLAG } from './commands/flags/global-flags.ts';
import { checkTemplate } from './commands/flags/output-flag.ts';
import { parseOptions } from './commands/flags/parse-options.ts';
import type { ParsedArguments } from './commands/flags/parsed-arguments.ts';
import { commandHelp, programHelp } from './commands/help.ts';
import { COMMANDS } from './commands/index.ts';
import { EXIT, type ExitCode, UserError } from './model/errors.ts';
import { wholeLine } from './model/line.ts';
import type { Io } from './terminal/io.ts';
import { print } from './terminal/print.ts';

const FLAGS = [...GLOBAL_FLAGS, HELP_FLAG];

/** Runs one command line. `program` is how it was called; an error becomes one line on stderr and an exit code. */
export async function run(args: readonly string[], program: string, io: Io): Promise<ExitCode> {
  try {
    return await dispatch(args, program, io);
  } catch (error) {
    const lines = [wholeLine(`error: ${messageOf(error, program)}`)];
    if (io.env.DEBUG && error instanceof Error) lines.push(...`${error.stack}`.split('\n').map(wholeLine));
    print({ kind: 'lines', lines }, io.stderr, io, 'never');
    return error instanceof UserError ? error.exitCode : EXIT.noAnswer;
  }
}

function messageOf(error: unknown, program: string): string {
  if (error instanceof UserError) return error.message;
  return `this is a bug in ${program}: ${error}; run it again with DEBUG=1 and report what it prints`;
}

async function dispatch(args: readonly string[], program: string, io: Io): Promise<ExitCode> {
  const [hidden, ...words] = args;
  if (hidden === COMPLETE || hidden === COMPLETE_HERE) {
    const answer = hidden === COMPLETE ? complete : completeHere;
    io.stdout.write(await answer(words, { commands: COMMANDS, flags: FLAGS }, io));
    return EXIT.ok;
  }
  const { command, parsed } = parse(args);
  checkArguments(parsed, command, { commands: COMMANDS, flags: FLAGS });
  const options = parseOptions(parsed);
  await checkTemplate(options);
  if (command && parsed.help !== true) return command.run(options, io);
  const lines = command ? commandHelp(program, command) : programHelp(program, COMMANDS);
  print({ kind: 'lines', lines }, io.stdout, io, options.color);
  return EXIT.ok;
}

function parse(args: readonly string[]): { command: Command | null; parsed: ParsedArguments } {
  let chosen: Command | null = null;
  const tree = COMMANDS.reduce(
    (parser, command) =>
      parser.command(
        [command.argument ? `${command.name} [subject] [name]` : command.name, ...(command.aliases ?? [])],
        command.summary,
        (own) => addFlags(own, command.flags),
        () => {
          chosen = command;
        },
      ),
    root(),
  );
  const flags = [...GLOBAL_FLAGS, ...COMMANDS.flatMap((command) => command.flags)];
  const parsed: ParsedArguments = tree.parseSync(normalizeArguments(args, flags));
  return { command: chosen, parsed };
}

/** A parser that only parses: kubectl's flag rules, no help, version, messages or exit of its own. */
function root(): Argv {
  const parser = yargs()
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'nargs-eats-options': true,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    .locale('en')
    .version(false)
    .help(false)
    .exitProcess(false)
    .fail((message, error) => {
      const missing = /^Not enough arguments following: (.+)$/.exec(message ?? error.message)?.[1];
      throw new UserError(missing ? `flag needs an argument: ${flagNamed(missing)}` : message, EXIT.usage);
    });
  return addFlags(parser, FLAGS);
}

/** A flag as it was typed; `--v` is one whose name is a letter. */
function flagNamed(word: string): string {
  return word.length > 1 || FLAGS.some(({ name }) => name === word) ? `--${word}` : `'${word}' in -${word}`;
}

function addFlags(parser: Argv, flags: readonly Flag[]): Argv {
  return flags.reduce(
    (own, flag) =>
      own.option(flag.name, {
        ...(flag.short && flag.short !== flag.name ? { alias: flag.short } : {}),
        ...(flag.kind === 'switch' ? { type: 'boolean' } : { type: 'string', nargs: 1 }),
      }),
    parser,
  );
}
