import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import type { BrotliOptions, ZlibOptions } from 'node:zlib';
import { timeoutError } from './failure.ts';
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
export async function exchange(
  wire: Wire,
  message: Message & { isText?: boolean },
  idleMs: number,
  total: AbortSignal,
): Promise<Reply> {
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(timeoutError('no answer', idleMs)), idleMs);
  const signal = AbortSignal.any([total, idle.signal]);
  try {
    const { status, headers, body } = await wire.send(message, signal);
    const onChunk = () => timer.refresh();
    const bytes = await (message.isText ? readSome(body, onChunk) : readAll(body, onChunk));
    return { status, headers, body: (await decoded(bytes, headers['content-encoding'])).toString('utf8') };
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
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

function tooLarge(): Error {
  return Object.assign(new Error('too large'), { code: 'ERR_BUFFER_TOO_LARGE' });
}
