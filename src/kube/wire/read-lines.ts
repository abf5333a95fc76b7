import type { Readable } from 'node:stream';

/** One line of a watch is one object, which etcd takes up to 1.5 MiB of (etcd 3.6 server/embed/config.go DefaultMaxRequestBytes). */
const MAX_LINE = 4 * 1024 * 1024;
/** No more is kept of one line of a log; the next one follows all the same. */
const MAX_LOG_LINE = 16 * 1024;

/** Hears a line. `isWhole` is false for what a log ended with instead of a line. The next one waits for what this returns. */
export type OnLine = (line: string, isWhole: boolean) => unknown;

/** Reads a stream line by line: of a log, whose lines may be cut short, or of a watch. Blank lines are passed over. */
export async function readLines(body: Readable, isLog: boolean, onChunk: () => void, onLine: OnLine): Promise<void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body as AsyncIterable<Buffer>) {
    onChunk();
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = shortened(lines.pop() ?? '', isLog);
    for (const line of lines.filter((one) => one.trim() !== '')) await onLine(shortened(line, isLog), true);
  }
  if (isLog && rest !== '') await onLine(rest, false);
}

function shortened(line: string, isLog: boolean): string {
  if (isLog) return line.slice(0, MAX_LOG_LINE);
  if (line.length <= MAX_LINE) return line;
  throw tooLarge();
}

/** What is longer than anything that is asked for. */
export function tooLarge(): Error {
  return Object.assign(new Error('too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
}
