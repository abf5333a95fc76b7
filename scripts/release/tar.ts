import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Entry, FILE_TIME, fileMode, sorted } from './entry.ts';

const BLOCK = 512;

/** A gzipped tar archive of plain files, without owner and time of whoever makes it (POSIX.1-1988 ustar; RFC 1952). */
export async function tarGz(entries: readonly Entry[]): Promise<Buffer> {
  const blocks = sorted(entries).flatMap((entry) => [header(entry), padded(entry.data)]);
  // Node's zlib writes neither a time nor a name into the header.
  return promisify(gzip)(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}

function header(entry: Entry): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(entry.name) > 100) throw new Error(`${entry.name} is too long a name for a tar header`);
  block.write(entry.name, 0);
  block.write(octal(fileMode(entry), 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(entry.data.length, 12), 124);
  block.write(octal(FILE_TIME.getTime() / 1000, 12), 136);
  block.write('        0', 148);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)}\0 `, 148);
  return block;
}

/** A number as tar writes it, in a field of that width; the last byte stays zero. */
function octal(value: number, width: number): string {
  return value.toString(8).padStart(width - 1, '0');
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
}
