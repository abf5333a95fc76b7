import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { BrotliOptions, ZlibOptions } from 'node:zlib';
import { timeoutError } from './failure.ts';
import { type OnLine, readLines, tooLarge } from './read-lines.ts';
import type { Head, Message, Wire } from './wire.ts';

/** No answer that is asked for comes near this size. */
const MAX_BYTES = 16 * 1024 * 1024;
/** Nor a log, whose length the server is told; what is longer is cut off, not refused. */
const MAX_TEXT_BYTES = 1024 * 1024;
/** A whole answer. */
export interface Reply {
  status: number;
  headers: Head['headers'];
  body: string;
}

/** Sends one request and reads its whole answer, of a text the beginning; rejects when nothing moves for `idleMs`, or the signal says that time is up. */
export function exchange(
  wire: Wire,
  message: Message & { isText?: boolean },
  idleMs: number,
  total: AbortSignal,
): Promise<Reply> {
  return whileItMoves(idleMs, total, async (signal, onChunk) => {
    const { status, headers, body } = await wire.send(message, signal);
    const bytes = await (message.isText ? readSome(body, onChunk) : readAll(body, onChunk));
    return { status, headers, body: (await decoded(bytes, headers['content-encoding'])).toString('utf8') };
  });
}

/** Does what moves whenever `onChunk` is called; rejects when it stands still for `idleMs`, or the signal says that time is up. */
async function whileItMoves<T>(
  idleMs: number,
  total: AbortSignal,
  use: (signal: AbortSignal, onChunk: () => void) => Promise<T>,
): Promise<T> {
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(timeoutError('no answer', idleMs)), idleMs);
  const signal = AbortSignal.any([total, idle.signal]);
  try {
    return await use(signal, () => timer.refresh());
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sends one request whose answer is a line now and then until the server ends it. `onLine` hears each. Null when it has ended; an answer
 * of another kind comes back as it is.
 */
export function exchangeLines(
  wire: Wire,
  message: Message & { isText?: boolean },
  idleMs: number,
  total: AbortSignal,
  onLine: OnLine,
): Promise<Reply | null> {
  return whileItMoves(idleMs, total, async (signal, onChunk) => {
    const { status, headers, body } = await wire.send(message, signal);
    const type = String(headers['content-type'] ?? '');
    const isStream = status === 200 && (message.isText ? !/html/.test(type) : /json/.test(type));
    if (!isStream) return { status, headers, body: (await readSome(body, onChunk)).toString('utf8') };
    await readLines(body, message.isText === true, onChunk, onLine);
    return null;
  });
}

async function readAll(body: Readable, onChunk: () => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    onChunk();
    size += chunk.length;
    if (size > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Leaving the loop ends the stream. */
async function readSome(body: Readable, onChunk: () => void): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    onChunk();
    size += chunk.length;
    chunks.push(chunk);
    if (size >= MAX_TEXT_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_TEXT_BYTES);
}

async function decoded(body: Buffer, encoding: Head['headers'][string]): Promise<Buffer> {
  if (encoding !== 'gzip' && encoding !== 'br' && encoding !== 'deflate') return body;
  // Only long answers come compressed; most runs do without.
  const { brotliDecompress, gunzip, inflate } = await import('node:zlib');
  const decoders = { gzip: promisify(gunzip), br: promisify(brotliDecompress), deflate: promisify(inflate) };
  const options: BrotliOptions & ZlibOptions = { maxOutputLength: MAX_BYTES };
  return decoders[encoding](body, options);
}
