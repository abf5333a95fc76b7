import { alerts } from './alerts.ts';
import { canI } from './can-i.ts';
import type { Command } from './command.ts';
import { completion } from './completion.ts';
import { describe } from './describe.ts';
import { explain } from './explain.ts';
import { logs } from './logs.ts';
import { mitigate } from './mitigate.ts';
import { options } from './options.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';
import { version } from './version.ts';
import { wait } from './wait.ts';

/** Every sub-command, in the order that help lists them. */
export const COMMANDS: readonly Command[] = [
  status,
  describe,
  mitigate,
  undo,
  wait,
  alerts,
  logs,
  explain,
  canI,
  completion,
  version,
  options,
];
