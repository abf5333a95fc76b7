import { escapeText, toAscii } from './escape.ts';
import type { Io } from './io.ts';
import { isUtf8 } from './locale.ts';

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
  const lines = question.split('\n').map((text) => (isUtf8(io) ? escapeText(text) : toAscii(escapeText(text))));
  io.stderr.write(`${lines.join('\n')}`);
  const reader = createInterface({ input: io.stdin, terminal: false });
  return new Promise((resolve) => {
    let isAnswered = false;
    reader.once('line', (text) => {
      isAnswered = true;
      resolve(text);
      reader.close();
    });
    reader.once('close', () => {
      if (!isAnswered) io.stderr.write('\n');
      io.stdin.pause();
      resolve(null);
    });
  });
}
