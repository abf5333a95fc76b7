/** What the connection needs of the process it runs in. */
export interface Host {
  env: Readonly<Record<string, string | undefined>>;
  /** As Node names it: `linux`, `darwin`, `win32`. */
  platform: string;
  /** Whether a person can answer a login's questions on standard input. */
  isTerminal: boolean;
  /** How long a login without a person may take, in milliseconds, where that is less than usual. */
  loginMs?: number;
  /** Ends a process group. */
  killGroup(leader: number): void;
  /** Makes a process group end with this program; call what it returns when the group has ended before. */
  ownGroup(leader: number): () => unknown;
  /** Takes what `-v` asks for. */
  stderr?: { write(text: string): unknown };
}

/** The user's home folder, as client-go finds it. */
export function homeOf({ env }: Host): string {
  return env.HOME || env.USERPROFILE || '';
}
