export type Environment = Readonly<Record<string, string | undefined>>;

/** Standard output or standard error. */
export type Stream = NodeJS.WritableStream & {
  isTTY?: boolean;
  columns?: number;
  rows?: number;
  writableNeedDrain?: boolean;
};

/** What to do before the program stops, as for Ctrl-Z, and once it goes on. */
export interface Stop {
  leave(): void;
  enter(): void;
}

/** Everything that a command may know of the world it was started in. */
export interface Io {
  stdin: NodeJS.ReadableStream;
  stdout: Stream;
  stderr: Stream;
  env: Environment;
  /** As Node names it: `linux`, `darwin`, `win32`. */
  platform: string;
  /** Whether a person can answer on standard input. */
  isTerminal: boolean;
  /** The file of this program, to run it again; null where it is none of its own, as in tests. */
  executable: string | null;
  /** What a person must be told who interrupts the program from now on; one line each. */
  ifInterrupted(words: string): void;
  /** Does this when the program ends, however it ends. */
  atEnd(action: () => void): void;
  /** Does this whenever the program is stopped, until what it returns is called. */
  ifStopped(stop: Stop): () => unknown;
  /** Ends a process group. */
  killGroup(leader: number): void;
  /** Makes a process group end with this program; call what it returns when the group has ended before. */
  ownGroup(leader: number): () => unknown;
}

const NARROWEST = 20;
const WIDEST = 200;
const USUAL = 80;

/** Columns to wrap at: the terminal's, else $COLUMNS, else 80; never under 20 or over 200. */
export function columns(stream: Stream, env: Environment): number {
  const asked = (stream.isTTY && stream.columns) || Number.parseInt(env.COLUMNS ?? '', 10) || USUAL;
  return Math.min(WIDEST, Math.max(NARROWEST, asked));
}
