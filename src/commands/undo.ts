import type { JournalEntry } from '../mitigation/journal.ts';
import { EXIT, type ExitCode, UserError } from '../model/errors.ts';
import { line, wholeLine } from '../model/line.ts';
import type { RepairDocument, RepairList } from '../model/repair.ts';
import type { Io } from '../terminal/io.ts';
import { print } from '../terminal/print.ts';
import type { Command } from './command.ts';
import { dataDocument } from './data-document.ts';
import type { Options } from './flags/parse-options.ts';
import { LIST_FLAG, REPAIR_CLASHES, REPAIR_FLAGS, REPAIR_OUTPUT } from './flags/repair-flags.ts';

/** `undo`: takes a repair back, unless somebody changed the object since. */
export const undo: Command = {
  name: 'undo',
  summary: 'Take a repair back, unless somebody changed the object since',
  argument: 'ID',
  completes: 'repair',
  examples: [
    { comment: 'Take the last repair in this cluster back', words: 'undo' },
    { comment: 'One repair, by the id that mitigate printed', words: 'undo 20260301-030000' },
    { comment: 'What was changed from this machine, and what can be taken back', words: 'undo --list' },
  ],
  flags: [...REPAIR_FLAGS, LIST_FLAG, REPAIR_OUTPUT],
  clashes: REPAIR_CLASHES,
  exits: [
    ['0', 'the old values are back; or the dry run was shown'],
    ['1', 'no answer, or no place for the journal: nothing was changed'],
    ['2', 'no such repair, or none that can be taken back in this cluster'],
    [
      '8',
      'nothing was changed: a no, nobody to ask, an owner, a missing right, a refusal of the server, or somebody changed the object since',
    ],
    ['11', 'only a part was taken back, or perhaps not even that'],
    ['130', 'Ctrl-C: it says what was changed, if anything'],
  ],
  async run(options, io) {
    const { journalFolder, openJournal } = await import('../mitigation/journal-file.ts');
    const entries = openJournal(journalFolder(io.env)).entries();
    if (options.repair.list) return listEntries(entries, options, io);
    const { openHands } = await import('./repair/repair-hands.ts');
    const hands = await openHands(options, io);
    const [{ undoEntry }, { answerRepairs }, { canAsk }] = await Promise.all([
      import('../mitigation/undo-run.ts'),
      import('./repair/repair-answer.ts'),
      import('../terminal/prompt.ts'),
    ]);
    hands.ifInterrupted('Nothing was changed.');
    const entry = await choose(entries, options.subject, hands.cluster.server);
    const repair = await undoEntry(entry, hands, { ...options.repair, isTerminal: canAsk(io) });
    hands.ifInterrupted('');
    return answerRepairs([repair], hands, options, io);
  },
};

/** The entry of that id; without one the newest in this cluster that can be taken back. */
async function choose(
  entries: readonly JournalEntry[],
  id: string | null,
  server: string | null,
): Promise<JournalEntry> {
  const { revertible } = await import('../mitigation/journal.ts');
  const found =
    id === null
      ? entries.findLast((one) => one.cluster.server === server && revertible(one, entries).length > 0)
      : entries.find((one) => one.id === id);
  if (found) return found;
  const what = id === null ? 'nothing to take back in this cluster' : `no repair ${id}`;
  throw new UserError(`${what}; kubectl virtop undo --list shows what was changed from this machine`, EXIT.usage);
}

async function listEntries(entries: readonly JournalEntry[], options: Options, io: Io): Promise<ExitCode> {
  const { revertible } = await import('../mitigation/journal.ts');
  const rows: RepairList['repairs'] = entries.map((entry) => ({
    id: entry.id,
    at: entry.at,
    context: entry.cluster.context,
    server: entry.cluster.server,
    action: entry.action,
    changes: entry.steps.map(({ title, state }) => ({ title, state })),
    revertible: revertible(entry, entries).length > 0,
  }));
  if (options.quiet) return EXIT.ok;
  const list: RepairDocument = { apiVersion: 'virtop/v1', kind: 'RepairList', repairs: rows };
  const document = await dataDocument(list, options);
  if (document) {
    print(document, io.stdout, io, options.color);
    return EXIT.ok;
  }
  const lines = rows.flatMap(({ id, context, server, action, changes, revertible: can }) => [
    wholeLine(
      `${id}  ${action}  ${context ?? server ?? ''}  ${can ? 'can be taken back' : 'cannot be taken back (any more)'}`,
    ),
    ...changes.map(({ title, state }) => line(`  ${STATES[state]} ${title}`, 4)),
  ]);
  const none = [line('Nothing was changed from this machine.')];
  print({ kind: 'lines', lines: lines.length > 0 ? lines : none }, io.stdout, io, options.color);
  return EXIT.ok;
}

const STATES = { planned: 'not made:', sent: 'sent, perhaps made:', done: 'made:', refused: 'refused:' } as const;
