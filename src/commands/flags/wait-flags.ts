import { DOCUMENT_FORMATS } from '../../report/format.ts';
import { choiceOf } from './choice.ts';
import type { Flag } from './flag.ts';
import { outputFlag } from './output-flag.ts';
import { WATCH_FLAG } from './repair-flags.ts';

const GOALS = ['ready', 'leader', 'healthy'] as const;
/** What `wait` waits for: every replica Ready, a leader that holds the lease, or the report's verdict. */
export type Goal = (typeof GOALS)[number];

const GOAL: Goal = 'healthy';

/** The flags of `wait`. */
export const WAIT_FLAGS: readonly Flag[] = [
  {
    name: 'for',
    kind: 'text',
    standard: GOAL,
    choices: GOALS,
    help: 'What to wait for: "ready" (every pod that is asked for), "leader" (one that holds the lease), or "healthy" (what status says)',
  },
  { ...WATCH_FLAG, help: 'How long to wait' },
  outputFlag(DOCUMENT_FORMATS),
];

/** The goal that was given. */
export function goalOf(text: string): Goal {
  return choiceOf(GOALS, text, GOAL);
}
