import type { Line, Output, Span } from '../model/line.ts';
import { ansi, type ColorMode, isColored, type Paint, plain } from './color.ts';
import { cut } from './cut.ts';
import { escapeText, toAscii } from './escape.ts';
import { columns, type Io, type Stream } from './io.ts';
import { isUtf8 } from './locale.ts';
import { wrap } from './wrap.ts';

export interface Look {
  columns: number;
  /** Where lines end that are to be cut; without it they are not. */
  edge?: number;
  paint: Paint;
  ascii: boolean;
}

/** How a stream wants its text. */
export function lookOf(stream: Stream, io: Io, mode: ColorMode): Look {
  const room = columns(stream, io.env);
  return {
    columns: room,
    // What goes on to a program or a file is for somebody who wants all of it.
    ...((stream.isTTY || io.env.COLUMNS) && { edge: room }),
    paint: isColored(mode, stream, io) ? ansi : plain,
    ascii: !isUtf8(io),
  };
}

/** Lines as text: made harmless, wrapped, then coloured. The only way of cluster text to a terminal. */
export function format(lines: readonly Line[], look: Look): string {
  return lines.flatMap((line) => rows(line, look)).join('');
}

function rows(line: Line, look: Look): string[] {
  const spans = line.spans.map((span) => ({ ...span, text: safe(span, look) }));
  const wrapped = line.whole
    ? [line.cut && look.edge ? cut(spans, look.edge, look.ascii ? '...' : '…') : spans]
    : wrap(spans, look.columns, line.hang);
  return wrapped.map(
    (row) =>
      `${join(row)
        .map((span) => look.paint(span.text, span.tone))
        .join('')}\n`,
  );
}

/** Neighbours of one tone as one span. */
function join(row: readonly Span[]): Span[] {
  return row.reduce<Span[]>((done, next) => {
    const last = done.at(-1);
    if (last?.tone !== next.tone) return [...done, next];
    return [...done.slice(0, -1), { ...last, text: last.text + next.text }];
  }, []);
}

function safe(span: Span, look: Look): string {
  const text = escapeText(span.text);
  return look.ascii ? toAscii(text) : text;
}

/** Lines as a stream wants them. */
export function textFor(lines: readonly Line[], stream: Stream, io: Io, mode: ColorMode): string {
  return format(lines, lookOf(stream, io, mode));
}

/** Writes a command's output to a stream. A document goes out as it is, whatever the terminal. */
export function print(output: Output, stream: Stream, io: Io, mode: ColorMode): void {
  stream.write(output.kind === 'document' ? output.text : textFor(output.lines, stream, io, mode));
}
