import { escapeText } from '../../terminal/escape.ts';
import type { Io } from '../../terminal/io.ts';
import type { Command } from '../command.ts';
import type { Flag } from '../flags/flag.ts';
import { type Candidate, type Completion, completionOf, NOTHING, sourceOf } from './candidates.ts';
import { placeOf } from './place.ts';

/** From the start of the process to the answer: a person at a prompt must not notice it. */
const DEADLINE_MS = 250;

export interface Tables {
  commands: readonly Command[];
  /** Flags of every command. */
  flags: readonly Flag[];
}

/**
 * What may follow the words, as lines for a shell (cobra v1.10.2 completions.go, ShellCompRequestCmd). What is outside of this program is
 * looked for by a second process, which is ended when time is up: a file system that hangs, or a name server that does not answer, would
 * keep this one from ending.
 */
export async function complete(words: readonly string[], tables: Tables, io: Io): Promise<string> {
  if (io.executable === null || (await isFoundHere(words, tables, io))) return completeHere(words, tables, io);
  const { runProgram } = await import('../../kube/config/run-program.ts');
  const outcome = await runProgram(io.executable, [COMPLETE_HERE, ...words], {
    env: io.env,
    interactive: false,
    timeoutMs: Math.max(1, DEADLINE_MS - performance.now()),
    killGroup: io.killGroup,
    ownGroup: io.ownGroup,
  });
  return outcome.end === 'exit' && outcome.code === 0 ? outcome.stdout : linesOf(NOTHING);
}

async function isFoundHere(words: readonly string[], tables: Tables, io: Io): Promise<boolean> {
  const { place, given } = placeIn(words, tables);
  const source = sourceOf(place);
  if (source !== 'kubeconfig') return source === 'tables';
  const { isQuickToRead } = await import('./look-up.ts');
  return isQuickToRead(given, io).catch(() => false);
}

/** The same, without a second process. Never an error: a prompt is no place for one. */
export async function completeHere(words: readonly string[], tables: Tables, io: Io): Promise<string> {
  const { place, given } = placeIn(words, tables);
  try {
    const completion = await completionOf(place, tables.commands, async (what, word) => {
      const { lookUp } = await import('./look-up.ts');
      return lookUp(what, word, given, io);
    });
    return linesOf(completion);
  } catch {
    return linesOf(NOTHING);
  }
}

/** The hidden commands: the first is called by shells and by kubectl, the second by the first. */
export const COMPLETE = '__complete';
export const COMPLETE_HERE = '__complete-here';

/** PowerShell loses an argument that is empty: its script sends two quotes. */
function placeIn(words: readonly string[], { commands, flags }: Tables) {
  const typed = words.map((word) => (word === '""' ? '' : word));
  return placeOf(typed, commands, flags);
}

function linesOf({ candidates, directive }: Completion): string {
  return [...candidates.filter(isPlain).slice(0, MOST).map(lineOf), `:${directive}\n`].join('');
}

/** So many are of no use to anybody. */
const MOST = 2000;

/** Shells put what they are given on the command line, and kubectl's scripts evaluate that: nothing goes there that means something to one. */
function isPlain({ value }: Candidate): boolean {
  return /^[\p{L}\p{N}_/-][\p{L}\p{N}._:/@+=,-]*$/u.test(value);
}

function lineOf({ value, description }: Candidate): string {
  return description === '' ? `${value}\n` : `${value}\t${escapeText(description).slice(0, LONGEST)}\n`;
}

const LONGEST = 200;
