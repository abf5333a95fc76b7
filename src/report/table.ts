import { type Line, line, span, textOf, wholeLine } from '../model/line.ts';

/** No name of Kubernetes is longer: more would push all other rows apart. */
const MOST_CELL = 253;

function cellOf(value: unknown): string {
  const text = textOf(value);
  return text.length > MOST_CELL ? `${text.slice(0, MOST_CELL)}…` : text;
}

/** Columns as kubectl lays them out: upper-case heads, three spaces between, no rules, and rows that are never broken. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], indent = ''): Line[] {
  const cells = rows.map((row) => row.map(cellOf));
  const rooms = heads.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)) + 3);
  const lay = (row: readonly string[]) =>
    `${indent}${row.map((cell, column) => cell.padEnd(rooms[column] ?? 0)).join('')}`.trimEnd();
  return [wholeLine([span(lay(heads), 'strong')]), ...cells.map((row) => wholeLine(lay(row)))];
}

/** A table whose rows may each have a longer text below them, wrapped to the terminal. */
export function tableWithNotes(
  heads: readonly string[],
  rows: readonly { cells: readonly string[]; note: string }[],
  indent = '',
): Line[] {
  const [head, ...laid] = table(
    heads,
    rows.map((row) => row.cells),
    indent,
  );
  const noteIndent = `${indent}    `;
  const noted = laid.flatMap((row, index) => {
    const note = rows[index]?.note ?? '';
    return note ? [row, line(`${noteIndent}${note}`, noteIndent.length)] : [row];
  });
  return head ? [head, ...noted] : [];
}
