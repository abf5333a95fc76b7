import type { Action } from '../model/action.ts';
import type { RepairStep } from '../model/repair.ts';
import { changesSince } from './agreement.ts';
import { consent } from './consent.ts';
import type { Hands, Wishes } from './hands.ts';
import { type JournalEntry, newId } from './journal.ts';
import { canUndo, entryFor, type Made, makeChanges } from './make-changes.ts';
import { type Prepared, prepare } from './prepare.ts';

/** The changes of one repair, and how to plan them again from the present state: as a sentence, why there is nothing to change any more. */
export interface Changes {
  about: { action: string; cause: string | null; undoes: string | null };
  /** Why a second yes is asked for; null where one is enough. */
  doubt: string | null;
  steps: readonly Action[];
  again(): Promise<Action[] | string>;
  /** Shows the changes before they are made, and what became different since they were shown last. */
  show(steps: readonly RepairStep[], note: string | null): void;
}

/** How far a repair came. Only in `made` was anything changed, or may have been. */
export type Ended =
  | { kind: 'refused' | 'notConfirmed' | 'dryRun'; steps: RepairStep[]; reason: string | null }
  | { kind: 'made'; steps: RepairStep[]; reason: string | null; entry: JournalEntry; complete: boolean };

/** An object that somebody else writes all the time is given up on. */
const MOST_TRIES = 5;

/**
 * Rights, owner, trial, diff, question, journal, change: the way of every change to a cluster. When the object changed meanwhile it is
 * planned again; the question is put again unless what would happen is what was agreed to, to the letter.
 */
export async function carryOut(changes: Changes, hands: Hands, wishes: Wishes): Promise<Ended> {
  let { steps } = changes;
  let agreed: readonly Prepared[] | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const prepared = await Promise.all(steps.map((step) => prepare(step, hands, wishes)));
    const isOld = prepared.some(({ conflict }) => conflict);
    const ended: Decided | null = isOld ? null : await decide(prepared, agreed, changes, hands, wishes);
    if (ended && ended.kind !== 'changedMeanwhile') return ended;
    if (ended) agreed = prepared;
    const again = await changes.again();
    if (typeof again === 'string') return { kind: 'refused', steps: stepsOf(prepared), reason: again };
    steps = again;
  }
  const reason = 'somebody else keeps changing the object; nothing was changed';
  return { kind: 'refused', steps: stepsOf(agreed ?? []), reason };
}

type Decided = Ended | { kind: 'changedMeanwhile' };

async function decide(
  prepared: readonly Prepared[],
  agreed: readonly Prepared[] | null,
  changes: Changes,
  hands: Hands,
  wishes: Wishes,
): Promise<Decided> {
  const steps = stepsOf(prepared);
  const meanwhile = agreed ? changesSince(agreed, prepared) : [];
  const note = meanwhile.length > 0 ? `somebody else changed ${meanwhile.slice(0, 3).join(', ')} meanwhile` : null;
  const isAgreed = agreed !== null && note === null;
  if (!isAgreed) changes.show(steps, note);
  const problem = prepared.find((one) => one.problem !== null)?.problem;
  if (problem) return { kind: 'refused', steps, reason: problem };
  if (wishes.dryRun !== 'none') return { kind: 'dryRun', steps, reason: null };
  if (isAgreed) return write(prepared, changes, hands);
  if (note !== null && wishes.yes)
    return { kind: 'notConfirmed', steps, reason: `${note}: look at it, and run it again` };
  const reason = await consent(steps, hands, wishes, changes.doubt);
  return reason === null ? write(prepared, changes, hands) : { kind: 'notConfirmed', steps, reason };
}

function stepsOf(prepared: readonly Prepared[]): RepairStep[] {
  return prepared.map(({ step }) => step);
}

async function write(prepared: readonly Prepared[], { about }: Changes, hands: Hands): Promise<Decided> {
  const taken = hands.journal.entries().map(({ id }) => id);
  const at = hands.now();
  const entry = entryFor(prepared, { ...about, id: newId(at, taken), at, cluster: hands.cluster });
  const made = await makeChanges(prepared, entry, hands);
  const { steps, stopped, changed } = made;
  if (stopped?.answer === 'conflict' && !changed) return { kind: 'changedMeanwhile' };
  if (!changed) return { kind: 'refused', steps, reason: stopped?.message ?? null };
  return { kind: 'made', steps, reason: reasonOf(made, entry), entry, complete: stopped === null };
}

function reasonOf({ stopped, steps }: Made, entry: JournalEntry): string | null {
  if (!stopped) return null;
  const unknown = steps[stopped.step]?.result === 'unknown' ? 'it is not known whether the change was made: ' : '';
  return `${unknown}${stopped.message}${canUndo(entry) ? '' : '; nothing to take back'}`;
}
