import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Journal, JournalEntry } from './journal.ts';

/** Where the journal is: the XDG state folder, which is there for what should outlive a restart and is no configuration. */
export function journalFolder(env: Readonly<Record<string, string | undefined>>): string {
  const home = env.HOME || env.USERPROFILE || '';
  const state = env.XDG_STATE_HOME || join(home, '.local', 'state');
  return join(state, 'kubectl-virtop', 'journal');
}

/** The journal in a folder that only its owner may read: one file for each entry, replaced as a whole so that it is never half written. */
export function openJournal(folder: string): Journal {
  return {
    write: (entry) => {
      try {
        writeSafely(folder, entry);
      } catch (error) {
        throw Object.assign(unwritable(folder, error as NodeJS.ErrnoException), { cause: error });
      }
    },
    entries: () => ids(folder).flatMap((id) => readEntry(join(folder, `${id}.json`)) ?? []),
  };
}

function unwritable(folder: string, { code }: NodeJS.ErrnoException): UserError {
  const advice = 'set XDG_STATE_HOME to a folder that can be written';
  return new UserError(`cannot write the journal in ${folder} (${code}), and without it nothing is changed; ${advice}`);
}

function writeSafely(folder: string, entry: JournalEntry): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const path = join(folder, `${entry.id}.json`);
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(entry, null, 1)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(`${path}.new`, path);
}

/** The oldest first: of one second, the one without a number. */
function ids(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => basename(name, '.json'))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  } catch {
    return [];
  }
}

/** null for a file that is none of ours, or of a later version. */
function readEntry(path: string): JournalEntry | null {
  try {
    const entry = JSON.parse(readFileSync(path, 'utf8')) as JournalEntry;
    return entry.version === 1 && Array.isArray(entry.steps) ? entry : null;
  } catch {
    return null;
  }
}
