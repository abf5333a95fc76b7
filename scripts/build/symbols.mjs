const SECTION_HEADER = 64;
const STRING_TABLE = 3;

/**
 * A 64-bit little-endian ELF program without what only debuggers read, which is a quarter of Node: what the system loads is
 * kept byte for byte, and of the table of sections only what it needs to be one (elf(5)). `strip` makes the same, where a
 * machine has it for that processor, and not the same bytes in every version.
 * @param {Buffer} program
 * @returns {Buffer}
 */
export function withoutSymbols(program) {
  const end = endOfSegments(program);
  const names = Buffer.from('\0.shstrtab\0'.padEnd(16, '\0'));
  const table = Buffer.alloc(2 * SECTION_HEADER);
  table.writeUInt32LE(1, SECTION_HEADER);
  table.writeUInt32LE(STRING_TABLE, SECTION_HEADER + 4);
  table.writeBigUInt64LE(BigInt(end), SECTION_HEADER + 24);
  table.writeBigUInt64LE(BigInt(names.length), SECTION_HEADER + 32);
  table.writeBigUInt64LE(1n, SECTION_HEADER + 48);
  const header = Buffer.from(program.subarray(0, 64));
  header.writeBigUInt64LE(BigInt(end + names.length), 40);
  header.writeUInt16LE(2, 60);
  header.writeUInt16LE(1, 62);
  return Buffer.concat([header, program.subarray(64, end), names, table]);
}

/**
 * @param {Buffer} program
 * @returns {number} where the last byte that is loaded ends, rounded up to 16
 */
function endOfSegments(program) {
  const start = Number(program.readBigUInt64LE(32));
  const size = program.readUInt16LE(54);
  const count = program.readUInt16LE(56);
  const ends = Array.from({ length: count }, (_, index) => {
    const header = start + index * size;
    return Number(program.readBigUInt64LE(header + 8) + program.readBigUInt64LE(header + 32));
  });
  return Math.ceil(Math.max(start + count * size, ...ends) / 16) * 16;
}
