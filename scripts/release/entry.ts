/** A file of an archive. */
export interface Entry {
  name: string;
  data: Buffer;
  isExecutable: boolean;
}

/** The time that every file of an archive has: the same archive comes out whenever it is made. */
export const FILE_TIME = new Date('2000-01-01T00:00:00Z');

/** Modes do not follow the umask of whoever makes the archive. */
export function fileMode({ isExecutable }: Entry): number {
  return isExecutable ? 0o755 : 0o644;
}

/** Entries by name, in the order of code units, which no locale changes. */
export function sorted(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
}
