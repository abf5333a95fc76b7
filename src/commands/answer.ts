import type { ExitCode } from '../model/errors.ts';
import type { ReadLog } from '../model/evidence.ts';
import { line, type Output, wholeLine } from '../model/line.ts';
import { shell } from '../objects/meta/shell.ts';
import type { View } from '../report/view.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import { exitCode } from './exit-code.ts';
import type { Options } from './flags/parse-options.ts';

/** Prints what a view came to, unless told to be quiet, and says what to exit with. */
export function answer(view: View, output: Output, options: Options, io: Io): ExitCode {
  if (options.showCommands) printCommands(view.evidence.log, options, io);
  if (!options.quiet) print(output, io.stdout, io, options.color);
  return exitCode(view.report, options.failOn);
}

/** The kubectl lines that read the same; where it is one context of several, they name it. */
export function printCommands(
  log: readonly Pick<ReadLog, 'command'>[],
  options: Options,
  io: Io,
  context?: string,
): void {
  const inContext = context === undefined ? '' : shell` --context ${context}`;
  const commands = [...new Set(log.map(({ command }) => command.replace(/^kubectl\b/, (word) => word + inContext)))];
  const lines = [line('# The same reads with kubectl:'), ...commands.map(wholeLine)];
  print({ kind: 'lines', lines }, io.stderr, io, options.color);
}
