import type { ExitCode } from '../model/errors.ts';
import { line, type Output, wholeLine } from '../model/line.ts';
import type { View } from '../report/view.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import { exitCode } from './exit-code.ts';
import type { Options } from './parse-options.ts';

/** Prints what a view came to, unless told to be quiet, and says what to exit with. */
export function answer(view: View, output: Output, options: Options, io: Io): ExitCode {
  if (options.showCommands) {
    const commands = [...new Set(view.evidence.log.map((entry) => entry.command))];
    const lines = [line('# The same reads with kubectl:'), ...commands.map(wholeLine)];
    print({ kind: 'lines', lines }, io.stderr, io, options.color);
  }
  if (!options.quiet) print(output, io.stdout, io, options.color);
  return exitCode(view.report, options.failOn);
}
