/** What a piece of text means; `terminal/` decides what that looks like. Never the only carrier of a meaning. */
export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'strong' | 'faint';

export interface Span {
  text: string;
  tone: Tone;
}

/**
 * One line of output for people. A line too long for the terminal goes on below, `hang` columns in.
 * A `whole` line is never broken: a command that a person copies. A `cut` one ends where the terminal does: a row of a table.
 */
export interface Line {
  spans: readonly Span[];
  hang: number;
  whole: boolean;
  cut?: true;
}

/** What a command prints: lines for people, or a document for programs, which passes through unchanged. */
export type Output = { kind: 'lines'; lines: readonly Line[] } | { kind: 'document'; text: string };

/** A piece of text. An odd object may hold anything where text belongs: then its JSON is shown. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: textOf(text), tone };
}

/** A value that should be text as text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A line of plain text or spans, broken where the terminal ends. */
export function line(text: string | readonly Span[], hang = 0): Line {
  return { spans: typeof text === 'string' ? [span(text)] : text, hang, whole: false };
}

/** A line that stays in one piece. */
export function wholeLine(text: string | readonly Span[]): Line {
  return { ...line(text), whole: true };
}

/** A line in one piece that a terminal shows no more of than fits. */
export function cutLine(spans: readonly Span[]): Line {
  return { ...wholeLine(spans), cut: true };
}

export const blank: Line = line('');
