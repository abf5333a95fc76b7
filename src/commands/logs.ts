import { EXIT, type ExitCode } from '../model/errors.ts';
import { wholeLine } from '../model/line.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import { printCommands } from './answer.ts';
import type { Command } from './command.ts';
import { LOG_FLAGS } from './flags/log-flags.ts';
import type { Options } from './flags/parse-options.ts';

/** `logs`: what the operator's pods logged last. */
export const logs: Command = {
  name: 'logs',
  summary: "Print the end of the operator pods' logs, without secrets, and mark the leader",
  argument: 'POD',
  completes: 'pod',
  examples: [
    { comment: 'The last lines of every operator pod', words: 'logs' },
    { comment: 'Go on until Ctrl-C, also while pods are replaced', words: 'logs -f' },
    { comment: 'What they said before they were started again', words: 'logs --previous' },
    { comment: 'The last hour of one pod', words: 'logs virt-operator-6c9b5d7f9b-x7k2p --since 1h --tail -1' },
  ],
  flags: LOG_FLAGS,
  clashes: ['from', 'previous', 'quiet'].map((flag) => ({
    flags: ['follow', flag],
    why: '--follow prints what is logged from now on',
  })),
  async run(options, io) {
    if (options.follow) return (await import('./logs/follow-logs.ts')).followLogs(options, io);
    const { readPodLogs } = await import('./logs/pod-logs.ts');
    const { logLines } = await import('../report/logs.ts');
    const read = await readPodLogs(options, io);
    if (options.showCommands) printCommands(read.log, options, io);
    if (!options.quiet) print(logLines(read.logs, read.leader), io.stdout, io, options.color);
    return complain(read.unread, options, io);
  },
};

function complain(unread: readonly string[], options: Options, io: Io): ExitCode {
  const lines = unread.map((one) => wholeLine(`error: ${one}`));
  if (lines.length > 0) print({ kind: 'lines', lines }, io.stderr, io, options.color);
  return unread.length > 0 ? EXIT.incomplete : EXIT.ok;
}
