import { type Line, line, span } from '../model/line.ts';

/** Columns as kubectl lays them out: upper-case heads, three spaces between, no rules. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], indent = ''): Line[] {
  const rooms = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)) + 3);
  const lay = (cells: readonly string[]) =>
    `${indent}${cells.map((cell, column) => cell.padEnd(rooms[column] ?? 0)).join('')}`.trimEnd();
  const hang = indent.length + rooms.slice(0, -1).reduce((total, room) => total + room, 0);
  return [line([span(lay(heads), 'strong')], hang), ...rows.map((row) => line(lay(row), hang))];
}
