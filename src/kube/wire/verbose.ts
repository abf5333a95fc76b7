import { STATUS_CODES } from 'node:http';
import { redact } from '../../objects/meta/redact.ts';
import type { Head, Message, Wire } from './wire.ts';

/** Takes one line for the person who asked for it. */
export type Note = (line: string) => void;

/** kubectl's levels (client-go transport/round_trippers.go): from 6 each answer, from 7 also what is asked with, from 8 also what comes back with it. */
const ANSWERS = 6;
const REQUEST_HEADERS = 7;
const ANSWER_HEADERS = 8;
const SECRET = /^(proxy-)?authorization$|cookie|token/i;

/** Writes lines to a stream when as much as the level is asked for, without control characters; null when nothing is. */
export function noteTo(stream: { write(text: string): unknown } | undefined, verbosity: number): Note | null {
  if (!stream || verbosity < ANSWERS) return null;
  return (line) => stream.write(`${line.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')}\n`);
}

/** A wire that says what goes over it: no credentials and no bodies. */
export function notingWire(wire: Wire, { origin }: URL, verbosity: number, note: Note): Wire {
  async function send(message: Message, signal: AbortSignal): Promise<Head> {
    const what = `verb="${message.method}" url="${origin}${message.path}"`;
    if (verbosity >= REQUEST_HEADERS) note(`"Request" ${what}`);
    if (verbosity >= REQUEST_HEADERS) noteHeaders(message.headers, note);
    const start = performance.now();
    const milliseconds = () => `milliseconds=${Math.round(performance.now() - start)}`;
    try {
      const head = await wire.send(message, signal);
      note(`"Response" ${what} status="${head.status} ${STATUS_CODES[head.status] ?? ''}" ${milliseconds()}`);
      if (verbosity >= ANSWER_HEADERS) noteHeaders(head.headers, note);
      return head;
    } catch (error) {
      note(`"Response" ${what} error="${redact(String((error as Error).message))}" ${milliseconds()}`);
      throw error;
    }
  }
  return { ...wire, send };
}

function noteHeaders(headers: Head['headers'], note: Note): void {
  for (const [name, values] of Object.entries(headers)) {
    for (const value of [values ?? []].flat())
      note(`    ${name}: ${SECRET.test(name) ? masked(value) : redact(`${value}`)}`);
  }
}

/** `Bearer <masked>`: how one logs in is no secret. */
function masked(value: string | number): string {
  const [scheme] = /^(Bearer|Basic) /.exec(String(value)) ?? [''];
  return `${scheme}<masked>`;
}
