import { createHash } from 'node:crypto';

const CODE_SIGNATURE = 0x1d;
const CODE_DIRECTORY = 0;
const SHA_256 = 2;
const AD_HOC = 2;

/**
 * What is wrong with the ad-hoc signature of a 64-bit Mach-O executable, or null: whether it is there, is one that no key
 * signed, and has the right SHA-256 of every page (Apple's xnu, osfmk/kern/cs_blobs.h).
 */
export function signatureComplaint(program: Buffer): string | null {
  const start = signatureStart(program);
  if (start === null) return 'has no signature';
  const directory = codeDirectory(program, start);
  if (directory === null) return 'has a signature without a code directory';
  if ((program.readUInt32BE(directory + 12) & AD_HOC) === 0) return 'has a signature that is not ad hoc';
  if (program.readUInt8(directory + 37) !== SHA_256) return 'is not hashed with SHA-256';
  const pageSize = 2 ** program.readUInt8(directory + 39);
  const hashes = directory + program.readUInt32BE(directory + 16);
  const count = program.readUInt32BE(directory + 28);
  const limit = program.readUInt32BE(directory + 32);
  if (limit !== start || count !== Math.ceil(limit / pageSize)) return `signs ${limit} bytes of ${start}`;
  for (let page = 0; page < count; page++) {
    const bytes = program.subarray(page * pageSize, Math.min((page + 1) * pageSize, limit));
    const expected = program.subarray(hashes + page * 32, hashes + (page + 1) * 32);
    if (!createHash('sha256').update(bytes).digest().equals(expected))
      return `has another page ${page} than was signed`;
  }
  return null;
}

function signatureStart(program: Buffer): number | null {
  let at = 32;
  for (let left = program.readUInt32LE(16); left > 0; left--) {
    if (program.readUInt32LE(at) === CODE_SIGNATURE) return program.readUInt32LE(at + 8);
    at += program.readUInt32LE(at + 4);
  }
  return null;
}

function codeDirectory(program: Buffer, start: number): number | null {
  const count = program.readUInt32BE(start + 8);
  for (let index = 0; index < count; index++) {
    const entry = start + 12 + index * 8;
    if (program.readUInt32BE(entry) === CODE_DIRECTORY) return start + program.readUInt32BE(entry + 4);
  }
  return null;
}
