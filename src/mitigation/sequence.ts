import type { Action } from '../model/action.ts';
import type { RepairStep } from '../model/repair.ts';
import { same } from './changed-fields.ts';
import { consent } from './consent.ts';
import type { Hands, Wishes } from './hands.ts';
import { type JournalEntry, newId } from './journal.ts';
import { canUndo, entryFor, type Made, makeChanges } from './make-changes.ts';
import { NUDGE } from './nudge.ts';
import { type Prepared, prepare } from './prepare.ts';

/** The changes of one repair, and how to plan them again from the present state: as a sentence, why there is nothing to change any more. */
export interface Changes {
  about: { action: string; cause: string | null; undoes: string | null };
  lastResort: boolean;
  steps: readonly Action[];
  again(): Promise<Action[] | string>;
  /** Shows the changes before they are made. */
  show(steps: readonly RepairStep[]): void;
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
  let agreed: RepairStep[] | null = null;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const prepared = await Promise.all(steps.map((step) => prepare(step, hands, wishes)));
    const isOld = prepared.some(({ conflict }) => conflict);
    const ended: Decided | null = isOld ? null : await decide(prepared, agreed, changes, hands, wishes);
    if (ended && ended.kind !== 'changedMeanwhile') return ended;
    if (ended) agreed = ended.agreed;
    const again = await changes.again();
    if (typeof again === 'string') {
      return { kind: 'refused', steps: prepared.map(({ step }) => step), reason: again };
    }
    steps = again;
  }
  return {
    kind: 'refused',
    steps: agreed ?? [],
    reason: 'somebody else keeps changing the object; nothing was changed',
  };
}

type Decided = Ended | { kind: 'changedMeanwhile'; agreed: RepairStep[] };

async function decide(
  prepared: readonly Prepared[],
  agreed: readonly RepairStep[] | null,
  changes: Changes,
  hands: Hands,
  wishes: Wishes,
): Promise<Decided> {
  const steps = prepared.map(({ step }) => step);
  const isAgreed = agreed !== null && same(agreed.map(whatHappens), steps.map(whatHappens));
  if (!isAgreed) changes.show(steps);
  const problem = prepared.find((one) => one.problem !== null)?.problem;
  if (problem) return { kind: 'refused', steps, reason: problem };
  if (wishes.dryRun !== 'none') return { kind: 'dryRun', steps, reason: null };
  const reason = isAgreed ? null : await consent(steps, hands, wishes, changes.lastResort);
  if (reason !== null) return { kind: 'notConfirmed', steps, reason };
  return write(prepared, changes, hands);
}

async function write(prepared: readonly Prepared[], { about }: Changes, hands: Hands): Promise<Decided> {
  const taken = hands.journal.entries().map(({ id }) => id);
  const at = hands.now();
  const entry = entryFor(prepared, { ...about, id: newId(at, taken), at, cluster: hands.cluster });
  const made = await makeChanges(prepared, entry, hands);
  const { steps, stopped, changed } = made;
  if (stopped?.answer === 'conflict' && !changed) return { kind: 'changedMeanwhile', agreed: steps };
  if (!changed) return { kind: 'refused', steps, reason: stopped?.message ?? null };
  return { kind: 'made', steps, reason: reasonOf(made, entry), entry, complete: stopped === null };
}

function reasonOf({ stopped, steps }: Made, entry: JournalEntry): string | null {
  if (!stopped) return null;
  const unknown = steps[stopped.step]?.result === 'unknown' ? 'it is not known whether the change was made: ' : '';
  return `${unknown}${stopped.message}${canUndo(entry) ? '' : '; nothing to take back'}`;
}

/** What a person agreed to: the change and the object, not how the server's answer was worded. */
function whatHappens({ title, object, diff, owner }: RepairStep): object {
  return { title, object, owner, diff: diff.filter((text) => !text.includes(NUDGE)) };
}
