import type { Evidence } from '../model/evidence.ts';
import type { Reversal } from './undo.ts';

/** One change as it is remembered. It is written down before it is made, so that nothing is forgotten when the program is killed. */
export interface JournalStep {
  title: string;
  command: string;
  /** `sent`: it went out, and nobody saw what became of it. */
  state: 'planned' | 'sent' | 'done' | 'refused';
  /** What is needed to take it back; null when that is not possible. */
  reversal: Reversal | null;
}

export interface JournalEntry {
  version: 1;
  id: string;
  at: string;
  cluster: Evidence['cluster'];
  action: string;
  cause: string | null;
  steps: JournalStep[];
  /** The entry that this one took back. */
  undoes: string | null;
}

/** The notebook: entries by id, oldest first. */
export interface Journal {
  /** Writes an entry, over the one of the same id, and returns when it is safely stored. */
  write(entry: JournalEntry): void;
  entries(): JournalEntry[];
}

/** A name for an entry that is made now: its time, and a number where that is taken. */
export function newId(now: string, taken: readonly string[]): string {
  const time = now.replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const free = (id: string) => !taken.includes(id);
  const more = Array.from({ length: taken.length + 1 }, (_, index) => `${time}-${index + 2}`);
  return [time, ...more].find(free) ?? time;
}

/** Changes of an entry that can still be taken back, the last one first. */
export function revertible(entry: JournalEntry, all: readonly JournalEntry[]): Reversal[] {
  const undone = all.some(({ undoes, steps }) => undoes === entry.id && steps.every(({ state }) => state === 'done'));
  if (undone || entry.undoes !== null) return [];
  return entry.steps
    .filter(({ state }) => state === 'done' || state === 'sent')
    .flatMap(({ reversal }) => reversal ?? [])
    .reverse();
}
