import type { Command } from '../../src/commands/command.ts';
import type { Flag } from '../../src/commands/flags/flag.ts';
import { EXIT_CODES, PURPOSE } from '../../src/commands/help.ts';

const PROGRAM = 'kubectl virtop';

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['KUBECONFIG', 'Kubeconfig files, merged as kubectl merges them, where --kubeconfig names none.'],
  ['HTTPS_PROXY, NO_PROXY', 'A proxy to the API server, and servers without one; in small letters, too.'],
  ['NO_COLOR', 'No colour, unless --color=always asks for it.'],
  ['COLUMNS', 'How wide the output is where it does not go to a terminal.'],
  ['XDG_STATE_HOME', 'Where the journal of repairs is kept.'],
  ['DEBUG', 'Print the stack of an error, for a report of a bug.'],
];

const FILES: readonly (readonly [string, string])[] = [
  ['~/.kube/config', 'The kubeconfig, where neither --kubeconfig nor KUBECONFIG names one.'],
  ['~/.local/state/kubectl-virtop/journal', 'What mitigate changed, so that undo can take it back.'],
];

/** docs/kubectl-virtop.1, from the tables of commands and flags, in the macros of man(7). */
export function manPage(commands: readonly Command[], globals: readonly Flag[], version: string): string {
  const lines = [
    '.\\" Generated from src/commands/ by `npm run generate`: do not edit.',
    `.TH KUBECTL\\-VIRTOP 1 "" "kubectl\\-virtop v${version}"`,
    '.SH NAME',
    `kubectl\\-virtop \\- ${prose(`${PURPOSE[0]?.toLowerCase()}${PURPOSE.slice(1, -1)}`)}`,
    '.SH SYNOPSIS',
    `${bold(PROGRAM)} ${italic('COMMAND')} [${italic('flags')}]`,
    '.SH DESCRIPTION',
    prose(PURPOSE),
    'It reads the cluster with the user\\(aqs own rights, and changes nothing without a yes.',
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH OPTIONS',
    'Every command takes these, before or after its name.',
    ...globals.toSorted((a, b) => (a.name < b.name ? -1 : 1)).flatMap(flagLines),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => ['.TP', bold(code), prose(`${meaning}.`)]),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, meaning]) => ['.TP', bold(name), prose(meaning)]),
    '.SH FILES',
    ...FILES.flatMap(([path, meaning]) => ['.TP', italic(path), prose(meaning)]),
    '.SH SEE ALSO',
    '.BR kubectl (1)',
  ];
  return `${lines.join('\n')}\n`;
}

function commandLines({ name, aliases = [], summary, argument, flags, examples }: Command): string[] {
  return [
    `.SS ${bold([name, ...aliases].join(', '))}${argument ? ` [${italic(argument)}]` : ''}`,
    prose(`${summary}.`),
    ...flags.flatMap(flagLines),
    '.PP',
    'Examples:',
    ...examples.flatMap(({ comment, words }) => ['.TP', prose(`${comment}:`), bold(`${PROGRAM} ${words}`)]),
  ];
}

function flagLines({ name, short, kind, standard, choices, help }: Flag): string[] {
  const value = kind === 'switch' ? '' : `=${italic(choices?.join('|') ?? 'VALUE')}`;
  const usual = kind === 'switch' || standard === '' ? [] : [prose(`Default: ${standard}.`)];
  const again = kind === 'list' ? ['May be given again.'] : [];
  return [
    '.TP',
    `${short ? `${bold(`-${short}`)}, ` : ''}${bold(`--${name}`)}${value}`,
    prose(help.endsWith('.') ? help : `${help}.`),
    ...usual,
    ...again,
  ];
}

function bold(text: string): string {
  return `\\fB${escaped(text)}\\fR`;
}

function italic(text: string): string {
  return `\\fI${escaped(text)}\\fR`;
}

/** A line that begins with a full stop or an apostrophe would be a request. */
function prose(text: string): string {
  return escaped(text).replace(/^(?=[.'])/, '\\&');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll("'", '\\(aq').replaceAll('~', '\\(ti');
}
