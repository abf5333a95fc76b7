import { promisify } from 'node:util';
import { crc32, deflateRaw } from 'node:zlib';
import { type Entry, FILE_TIME, fileMode, sorted } from './entry.ts';

const DEFLATED = 8;
const REGULAR_FILE = 0o100000;
/** Version 2.0 of the format, written on Unix: only then the mode counts. */
const MADE_ON_UNIX = (3 << 8) | 20;
const VERSION_NEEDED = 20;

/** A zip archive of plain files, with their modes (PKWARE APPNOTE 6.3.10). */
export async function zip(entries: readonly Entry[]): Promise<Buffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of sorted(entries)) {
    const packed: Buffer = await promisify(deflateRaw)(entry.data);
    const common = commonHeader(entry, packed.length);
    const name = Buffer.from(entry.name);
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    files.push(file);
    directory.push(directoryHeader(entry, common, offset), name);
    offset += file.length;
  }
  const listing = Buffer.concat(directory);
  return Buffer.concat([...files, listing, endOfDirectory(files.length, listing.length, offset)]);
}

/** What the header before a file and the one in the directory have in common. */
function commonHeader(entry: Entry, packedSize: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(VERSION_NEEDED, 0);
  header.writeUInt16LE(DEFLATED, 4);
  header.writeUInt16LE(0, 6);
  header.writeUInt16LE(dosDate(FILE_TIME), 8);
  header.writeUInt32LE(crc32(entry.data), 10);
  header.writeUInt32LE(packedSize, 14);
  header.writeUInt32LE(entry.data.length, 18);
  header.writeUInt16LE(Buffer.byteLength(entry.name), 22);
  return header;
}

function directoryHeader(entry: Entry, common: Buffer, offset: number): Buffer {
  const start = Buffer.alloc(6);
  start.write('PK\x01\x02');
  start.writeUInt16LE(MADE_ON_UNIX, 4);
  const end = Buffer.alloc(14);
  end.writeUInt32LE(((REGULAR_FILE | fileMode(entry)) << 16) >>> 0, 6);
  end.writeUInt32LE(offset, 10);
  return Buffer.concat([start, common, end]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/** Midnight of the day, UTC. */
function dosDate(time: Date): number {
  return ((time.getUTCFullYear() - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate();
}
