import { escapeText, toAscii } from './escape.ts';
import { columns, type Io } from './io.ts';
import { isUtf8 } from './locale.ts';
import { wrap } from './wrap.ts';

/** Whether a person sees a question and can answer it. */
export function canAsk({ isTerminal, stderr }: Pick<Io, 'isTerminal' | 'stderr'>): boolean {
  return isTerminal && stderr.isTTY === true;
}

/**
 * Asks on standard error and waits for one line. null at the end of input, or where there is nobody to ask. The terminal stays as it is
 * (lines are edited by the terminal itself), so that Ctrl-C is a signal as ever.
 */
export async function askLine(question: string, io: Io): Promise<string | null> {
  if (!canAsk(io)) return null;
  const { createInterface } = await import('node:readline');
  const ask = () => io.stderr.write(rows(question, io).join('\n'));
  ask();
  // A shell has written behind it: it is asked again, in full.
  const forget = io.ifStopped({ leave: () => undefined, enter: ask });
  const reader = createInterface({ input: io.stdin, terminal: false });
  return new Promise((resolve) => {
    let isAnswered = false;
    reader.once('line', (text) => {
      isAnswered = true;
      resolve(text);
      reader.close();
    });
    reader.once('close', () => {
      forget();
      if (!isAnswered) io.stderr.write('\n');
      io.stdin.pause();
      resolve(null);
    });
  });
}

/** Columns that an answer takes behind a question. */
const ROOM = 6;

/** An entry of a list, `  1) …`, goes on under its text. */
function hangOf(text: string): number {
  return /^ *(?:\d+\) )?/.exec(text)?.[0].length ?? 0;
}

/** A question as rows that fit the terminal, with the space behind it at which one types. */
function rows(question: string, io: Io): string[] {
  const clean = (text: string) => (isUtf8(io) ? escapeText(text) : toAscii(escapeText(text)));
  const room = columns(io.stderr, io.env) - ROOM;
  const texts = question.split('\n').flatMap((text) => {
    const spans = [{ text: clean(text).trimEnd(), tone: 'plain' as const }];
    return wrap(spans, room, hangOf(text)).map((row) => row.map((one) => one.text).join(''));
  });
  const space = /\s$/.test(question) ? ' ' : '';
  return texts.map((text, index) => (index === texts.length - 1 ? text + space : text));
}
