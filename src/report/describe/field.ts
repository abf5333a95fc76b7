import { type Line, line, span } from '../../model/line.ts';
import { ago } from '../../objects/meta/human-duration.ts';
import { redact } from '../../objects/meta/redact.ts';

const LEVEL = 2;

export type Field = readonly [name: string, value: string];

/** `Name:  value` lines with their values in one column, as `kubectl describe` lays them out; `level` counts indents of two spaces. */
export function fields(pairs: readonly Field[], level = 0): Line[] {
  const indent = ' '.repeat(level * LEVEL);
  const room = Math.max(0, ...pairs.map(([name]) => name.length)) + 3;
  return pairs.map(([name, value]) =>
    line([span(`${indent}${`${name}:`.padEnd(room)}`), span(redact(value))], indent.length + room),
  );
}

/** The heading of a block, `Pods:`. */
export function heading(text: string, level = 0): Line {
  return line([span(`${' '.repeat(level * LEVEL)}${text}:`, 'strong')]);
}

/** A line of text below a heading. */
export function below(text: string, level = 1): Line {
  return line(`${' '.repeat(level * LEVEL)}${redact(text)}`, (level + 1) * LEVEL);
}

/** A time with how long ago that was. */
export function timeAndAge(time: string | null | undefined, readAt: string): string {
  return time ? `${fullTime(time)} (${ago(readAt, time)})` : '<unknown>';
}

/** A time as kubectl describe writes it, in UTC: `Sun, 01 Mar 2026 03:00:00 +0000`. */
export function fullTime(time: string | null | undefined): string {
  const date = new Date(time ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? '<unknown>' : date.toUTCString().replace('GMT', '+0000');
}
