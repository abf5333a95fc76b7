import stringWidth from 'string-width';
import type { Span } from '../model/line.ts';

const ASCII = /^[\x20-\x7e]*$/;

/** Columns that a text takes in a terminal; wide characters take two. */
export function width(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/**
 * Breaks spans into rows of at most `columns`, at spaces where it can, inside a word where it must;
 * rows after the first start `hang` columns in, at most a third of the room.
 */
export function wrap(spans: readonly Span[], columns: number, hang: number): Span[][] {
  if (spans.reduce((sum, span) => sum + width(span.text), 0) <= columns) return [[...spans]];
  const indent = ' '.repeat(Math.min(hang, Math.floor(columns / 3)));
  const rows: Span[][] = [[]];
  let used = 0;
  const put = (text: string, tone: Span['tone']) => {
    rows.at(-1)?.push({ text, tone });
    used += width(text);
  };
  const breakLine = () => {
    rows.push([]);
    used = 0;
    put(indent, 'plain');
  };
  for (const { text, tone } of spans.flatMap(words)) {
    if (used + width(text.trimEnd()) > columns && used > indent.length) breakLine();
    for (const piece of chop(text, columns - used, columns - indent.length)) {
      if (used + width(piece.trimEnd()) > columns) breakLine();
      put(piece, tone);
    }
  }
  return rows.map(trimRow);
}

/** A span as words, each with the spaces that follow it. */
function words(span: Span): Span[] {
  return (span.text.match(/^ +|[^ ]+ */g) ?? []).map((text) => ({ text, tone: span.tone }));
}

/** Cuts a word that fits no row: the first piece fills what is left of this one. */
function chop(word: string, left: number, room: number): string[] {
  if (width(word.trimEnd()) <= Math.max(left, room)) return [word];
  const pieces: string[] = [''];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const space = pieces.length === 1 ? left : room;
    const last = pieces.at(-1) ?? '';
    if (width(last + segment) > space && segment !== ' ') pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces;
}

function trimRow(row: Span[]): Span[] {
  const last = row.at(-1);
  return last ? [...row.slice(0, -1), { ...last, text: last.text.trimEnd() }] : row;
}
