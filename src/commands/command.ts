import type { ExitCode } from '../model/errors.ts';
import type { Io } from '../terminal/io.ts';
import type { Clash } from './flags/clash.ts';
import type { Expected, Flag } from './flags/flag.ts';
import type { Options } from './flags/parse-options.ts';

/** One sub-command: its words, its own flags, and what it does. `run` loads what it needs when it is called. */
export interface Command extends Expected {
  name: string;
  /** Other names that mean the same. */
  aliases?: readonly string[];
  summary: string;
  /** What may follow the name, such as KIND/NAME; `choices` and `completes` tell more of it. */
  argument: string | null;
  /** What it does, and the words after the program's name that do it. */
  examples: readonly { comment: string; words: string }[];
  flags: readonly Flag[];
  /** Flags that cannot both be meant. */
  clashes?: readonly Clash[];
  /** What its exit codes mean, where that is more than what they mean for all. */
  exits?: readonly (readonly [code: string, meaning: string])[];
  run(options: Options, io: Io): Promise<ExitCode>;
}
