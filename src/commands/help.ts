import { blank, type Line, line, span, wholeLine } from '../model/line.ts';
import type { Command } from './command.ts';
import type { Flag } from './flags/flag.ts';

/** In one sentence, what the program is for. */
export const PURPOSE = "Find out why KubeVirt's virt-operator is down, and what mends it.";

/** What each exit code means. */
export const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'healthy, or done as asked'],
  ['1', 'no answer: no connection, no login, KubeVirt not installed'],
  ['2', 'wrong usage'],
  ['3', 'virt-operator is down, or a critical alert should fire'],
  ['4', 'degraded: it works, but something is wrong, or an alert fires falsely'],
  ['5', 'incomplete: nothing wrong was seen, but something needed could not be read'],
  ['8', 'nothing was changed: not confirmed, refused, or left to a person'],
  ['11', 'changed, but not seen to work again in time'],
  ['124', 'waited, and it did not come about in time'],
  ['128+n', 'ended by signal n'],
];

/** The help of the whole program; `program` is how the user calls it. */
export function programHelp(program: string, commands: readonly Command[]): Line[] {
  return [
    line(PURPOSE),
    ...section('Examples', [
      ...commands
        .slice(0, 2)
        .flatMap((command) => examples(program, { ...command, examples: command.examples.slice(0, 1) })),
    ]),
    ...section('Commands', table(commands.map((command) => [command.name, command.summary]))),
    ...section('Usage', [wholeLine(`  ${program} COMMAND [flags]`)]),
    ...section('Exit codes', table(EXIT_CODES)),
    blank,
    line(`Use "${program} COMMAND --help" for more about a command.`),
    line(`Use "${program} options" for the flags that every command takes.`),
  ];
}

/** The help of one command. */
export function commandHelp(program: string, command: Command): Line[] {
  const argument = command.argument ? ` [${command.argument}]` : '';
  return [
    line(`${command.summary}.`),
    ...(command.aliases ? section('Aliases', [line(`  ${[command.name, ...command.aliases].join(', ')}`)]) : []),
    ...section('Examples', examples(program, command)),
    ...(command.flags.length > 0 ? section('Options', command.flags.flatMap(flagHelp)) : []),
    ...(command.exits ? section('Exit codes', table(command.exits)) : []),
    ...section('Usage', [wholeLine(`  ${program} ${command.name}${argument} [flags]`)]),
    blank,
    line(`Use "${program} options" for the flags that every command takes.`),
  ];
}

/** A flag as kubectl's help shows it. */
export function flagHelp(flag: Flag): Line[] {
  const short = flag.short ? `-${flag.short}, ` : '';
  return [wholeLine(`    ${short}--${flag.name}=${standardValue(flag)}:`), line(`        ${flag.help}`, 8)];
}

function standardValue(flag: Flag): string {
  if (flag.kind === 'list') return '[]';
  return flag.kind === 'switch' ? flag.standard : `'${flag.standard}'`;
}

function examples(program: string, command: Command): Line[] {
  return command.examples.flatMap(({ comment, words }, index) => [
    ...(index > 0 ? [blank] : []),
    line(`  # ${comment}`, 4),
    wholeLine(`  ${program} ${words}`),
  ]);
}

function section(title: string, lines: readonly Line[]): Line[] {
  return [blank, line([span(`${title}:`, 'strong')]), ...lines];
}

function table(rows: readonly (readonly [string, string])[]): Line[] {
  const room = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, text]) => line(`  ${name.padEnd(room)}${text}`, room + 2));
}
