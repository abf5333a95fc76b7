import type { Action } from '../model/action.ts';
import type { Repair } from '../model/repair.ts';
import type { Hands, Wishes } from './hands.ts';
import { type JournalEntry, revertible } from './journal.ts';
import { NOTHING_YET } from './nothing-yet.ts';
import { wrongContext } from './repair.ts';
import { carryOut } from './sequence.ts';
import { type Reversal, undoAction } from './undo.ts';

/** Takes back what an entry of the journal changed, in the same way in which it was changed. */
export async function undoEntry(entry: JournalEntry, hands: Hands, wishes: Wishes): Promise<Repair> {
  const nothing: Repair = { ...NOTHING_YET, outcome: 'refused' };
  const elsewhere = entry.cluster.server !== hands.cluster.server;
  const against = elsewhere ? otherCluster(entry, hands) : wrongContext(hands, wishes);
  if (against !== null) return { ...nothing, reason: against };
  const reversals = revertible(entry, hands.journal.entries());
  if (reversals.length === 0) return { ...nothing, reason: `nothing of ${entry.id} can be taken back` };
  const steps = await planUndo(reversals, hands);
  if (typeof steps === 'string') return { ...nothing, reason: steps };
  const ended = await carryOut(
    {
      about: { action: 'undo', cause: entry.cause, undoes: entry.id },
      doubt: null,
      steps,
      again: () => planUndo(reversals, hands),
      show: (shown, note) => hands.show({ ...nothing, outcome: 'planned', reason: note, steps: [...shown] }),
    },
    hands,
    wishes,
  );
  if (ended.kind !== 'made') return { ...nothing, steps: ended.steps, outcome: ended.kind, reason: ended.reason };
  return { ...nothing, steps: ended.steps, outcome: ended.complete ? 'undone' : 'notVerified', reason: ended.reason };
}

async function planUndo(reversals: readonly Reversal[], { read }: Hands): Promise<Action[] | string> {
  const actions = await Promise.all(reversals.map(async (one) => undoAction(one, await read(one.target.path))));
  const refused = actions.find((one) => typeof one === 'string');
  return refused ?? actions.filter((one) => typeof one !== 'string');
}

function otherCluster({ id, cluster }: JournalEntry, hands: Hands): string {
  const context = cluster.context === null ? '' : ` (context ${cluster.context})`;
  return `${id} changed ${cluster.server}${context}, and this is ${hands.cluster.server}: choose that context with --context`;
}
