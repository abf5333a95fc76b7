import type { Action } from '../model/action.ts';
import type { ChangeAnswer } from '../model/change.ts';
import type { RepairStep } from '../model/repair.ts';
import { redact } from '../objects/meta/redact.ts';
import type { Hands } from './hands.ts';
import type { JournalEntry } from './journal.ts';
import type { Prepared } from './prepare.ts';
import { lostFields, reversalOf, writtenBy } from './undo.ts';

/** What came of making changes one after the other. */
export interface Made {
  steps: RepairStep[];
  /** Null when all were made; else what stopped them. */
  stopped: { answer: ChangeAnswer['status']; message: string; step: number } | null;
  /** Whether anything was, or may have been, changed. */
  changed: boolean;
}

/** A journal entry for changes that are about to be made. */
export function entryFor(prepared: readonly Prepared[], about: Omit<JournalEntry, 'version' | 'steps'>): JournalEntry {
  const steps = prepared.map(({ action, step }) => ({
    title: step.title,
    command: step.command,
    state: 'planned' as const,
    reversal: reversalOf(action),
  }));
  return { version: 1, ...about, steps };
}

/** Makes changes in order, each one call; stops at the first that fails. Each is in the journal before it goes out. */
export async function makeChanges(prepared: readonly Prepared[], entry: JournalEntry, hands: Hands): Promise<Made> {
  const steps = prepared.map(({ step }) => step);
  for (const [index, { action, step }] of prepared.entries()) {
    const { result, answer, message } = await makeChange(action, index, entry, hands);
    steps[index] = { ...step, result };
    if (result === 'done') continue;
    const stopped = { answer, message: redact(message), step: index };
    return { steps, stopped, changed: index > 0 || result === 'unknown' };
  }
  return { steps, stopped: null, changed: true };
}

interface ChangeResult {
  result: RepairStep['result'];
  answer: ChangeAnswer['status'];
  message: string;
}

async function makeChange(action: Action, index: number, entry: JournalEntry, hands: Hands): Promise<ChangeResult> {
  const unwritten = note(entry, index, 'sent', hands);
  if (unwritten) {
    if (index === 0) throw unwritten;
    return { result: 'notDone', answer: 'failed', message: unwritten.message };
  }
  hands.ifInterrupted(interruptedWords(entry));
  const answer = await outcomeOf(action, await hands.send(action.request, { dryRun: false }), hands);
  const { status } = answer;
  const message = 'message' in answer ? answer.message : '';
  const isGone = action.request.method === 'DELETE' && status === 'absent';
  const isUnknown = status === 'failed' && answer.sent;
  if (status === 'done' || isGone) {
    note(entry, index, 'done', hands);
    return { result: 'done', answer: status, message };
  }
  note(entry, index, isUnknown ? 'sent' : 'refused', hands);
  hands.ifInterrupted(isUnknown || index > 0 ? interruptedWords(entry) : 'Nothing was changed.');
  return { result: isUnknown ? 'unknown' : 'refused', answer: status, message };
}

/** Writes down how far a step has come; the error when that cannot be done. After the change that matters no more: that it went out is on record. */
function note(
  entry: JournalEntry,
  index: number,
  state: 'sent' | 'done' | 'refused',
  { journal }: Hands,
): Error | null {
  entry.steps = entry.steps.map((step, at) => (at === index ? { ...step, state } : step));
  try {
    journal.write(entry);
    return null;
  } catch (error) {
    return error as Error;
  }
}

/** When the answer was lost, the object itself tells whether the change was made. */
async function outcomeOf(action: Action, answer: ChangeAnswer, { read }: Hands): Promise<ChangeAnswer> {
  if (answer.status !== 'failed' || !answer.sent) return answer;
  try {
    const now = await read(action.target.path);
    if (action.request.method === 'DELETE') {
      const gone =
        now === null || now.metadata?.uid !== action.before?.metadata?.uid || !!now.metadata?.deletionTimestamp;
      return gone ? { status: 'done', body: null } : answer;
    }
    if (!now || (action.before && now.metadata?.uid !== action.before.metadata?.uid)) return answer;
    return lostFields(writtenBy(action), now).length === 0 ? { status: 'done', body: now } : answer;
  } catch {
    return answer;
  }
}

/** What a person must know who ends the program while it changes something. */
export function interruptedWords(entry: JournalEntry): string {
  const sent = entry.steps.filter(({ state }) => state === 'sent' || state === 'done');
  const words = sent.map(({ title, state }) => (state === 'done' ? `done: ${title}` : `sent, perhaps done: ${title}`));
  const canUndo = sent.some(({ reversal }) => reversal !== null);
  return [...words, canUndo ? `To take it back: kubectl virtop undo ${entry.id}` : 'It cannot be taken back.'].join(
    '\n',
  );
}

/** What can be taken back of these changes. */
export function canUndo(entry: JournalEntry): boolean {
  return entry.steps.some(({ reversal, state }) => reversal !== null && (state === 'done' || state === 'sent'));
}
