import type { Command } from '../command.ts';
import type { Completes, Expected, Flag } from '../flags/flag.ts';
import type { Place } from './place.ts';

export interface Candidate {
  value: string;
  description: string;
}

/** What the shell does besides offering them (cobra v1.10.2 completions.go, ShellCompDirective). */
const DIRECTIVE = { files: 0, noSpace: 2, folders: 16, onlyThese: 4 + 32 } as const;

export interface Completion {
  candidates: readonly Candidate[];
  directive: number;
}

export const NOTHING: Completion = { candidates: [], directive: DIRECTIVE.onlyThese };

/** Finds out what the tables of commands and flags do not hold. */
export type LookUp = (what: Completes, word: string) => Promise<readonly Candidate[]>;

/** What is to be read to tell what may stand at the place. */
export function sourceOf(place: Place): 'tables' | 'kubeconfig' | 'outside' {
  const completes = expectedAt(place)?.completes;
  if (completes === 'subject') return 'word' in place && place.word.includes('/') ? 'outside' : 'tables';
  if (completes === undefined || IN_TABLES.includes(completes)) return 'tables';
  return IN_KUBECONFIG.includes(completes) ? 'kubeconfig' : 'outside';
}

const IN_TABLES: readonly Completes[] = ['file', 'folder', 'code', 'action'];
const IN_KUBECONFIG: readonly Completes[] = ['context', 'contexts', 'cluster', 'user'];

function expectedAt(place: Place): Expected | null {
  if (place.what === 'value') return place.flag;
  return place.what === 'argument' ? place.command : null;
}

/** Everything that may stand at the place. */
export async function completionOf(place: Place, commands: readonly Command[], lookUp: LookUp): Promise<Completion> {
  switch (place.what) {
    case 'command':
      return these(commandNames(commands, place.word), place.word);
    case 'flag':
      return these(flagNames(place.flags, place.word), place.word);
    case 'value': {
      const { candidates, directive } = await expected(place.flag, place.word, lookUp);
      return { candidates: candidates.map((one) => ({ ...one, value: place.glued + one.value })), directive };
    }
    case 'argument':
      return expected(place.command, place.word, lookUp);
    case 'nothing':
      return NOTHING;
  }
}

function these(all: readonly Candidate[], word: string): Completion {
  const candidates = all.filter(({ value }) => value.startsWith(word));
  // What ends in `=` goes on.
  const isUnfinished = candidates.length === 1 && candidates.every(({ value }) => value.endsWith('='));
  return { candidates, directive: DIRECTIVE.onlyThese + (isUnfinished ? DIRECTIVE.noSpace : 0) };
}

/** An alias only where nothing else begins that way. */
function commandNames(commands: readonly Command[], word: string): Candidate[] {
  const described = (name: string, { summary }: Command) => ({ value: name, description: summary });
  const names = [
    ...commands.map((one) => described(one.name, one)),
    { value: 'help', description: 'Help about a command' },
  ];
  if (names.some(({ value }) => value.startsWith(word))) return names;
  return commands.flatMap((one) => (one.aliases ?? []).map((alias) => described(alias, one)));
}

/** Short ones only after a single `-`. */
function flagNames(flags: readonly Flag[], word: string): Candidate[] {
  const long = flags.map(({ name, help }) => ({ value: `--${name}`, description: help }));
  const short = flags.flatMap(({ short, help }) => (short ? [{ value: `-${short}`, description: help }] : []));
  return word === '-' ? [...long, ...short] : long;
}

async function expected({ choices, completes }: Expected, word: string, lookUp: LookUp): Promise<Completion> {
  if (completes === 'file' || completes === 'folder') {
    return { candidates: [], directive: completes === 'file' ? DIRECTIVE.files : DIRECTIVE.folders };
  }
  const chosen = (choices ?? []).map((value) => ({ value, description: '' }));
  return these(completes ? [...chosen, ...(await lookUp(completes, word))] : chosen, word);
}
