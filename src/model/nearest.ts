/** The candidate that a misspelt word most likely meant, or null when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  return allNear(word, candidates)[0] ?? null;
}

/** The candidates that a misspelt word may have meant, the nearest first. */
export function allNear(word: string, candidates: readonly string[]): string[] {
  const asked = word.toLowerCase();
  const limit = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(asked, candidate) }))
    .filter(
      ({ candidate, distance }) =>
        distance <= limit || candidate.startsWith(asked) || holds(asked, candidate) || isSwapped(asked, candidate),
    )
    .sort((a, b) => a.distance - b.distance);
  return ranked.map(({ candidate }) => candidate);
}

/** `no-color` holds `color`; a word of two letters is in too many others to mean anything. */
function holds(word: string, candidate: string): boolean {
  return candidate.length > 3 && word.includes(candidate);
}

/** `tial` is `tail` with two neighbours in the wrong order. */
function isSwapped(word: string, candidate: string): boolean {
  return [...word].some((_, at) => {
    const [first = '', second = ''] = word.slice(at, at + 2);
    return `${word.slice(0, at)}${second}${first}${word.slice(at + 2)}` === candidate;
  });
}

/** Levenshtein's distance: how many letters to insert, delete or replace. */
function distance(a: string, b: string): number {
  const first = Array.from({ length: b.length + 1 }, (_, column) => column);
  return [...a].reduce((above, letter) => nextRow(above, letter, b), first)[b.length] ?? 0;
}

function nextRow(above: readonly number[], letter: string, b: string): number[] {
  const row = [(above[0] ?? 0) + 1];
  for (let column = 1; column < above.length; column++) {
    const replaced = (above[column - 1] ?? 0) + (b[column - 1] === letter ? 0 : 1);
    row.push(Math.min((above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1, replaced));
  }
  return row;
}
