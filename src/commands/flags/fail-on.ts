import type { Flag } from './flag.ts';

/** The mildest outcome that still fails; each includes those before it. */
export const FAIL_ON = ['never', 'critical', 'warning', 'incomplete'] as const;
export type FailOn = (typeof FAIL_ON)[number];

export const FAIL_ON_FLAG: Flag = {
  name: 'fail-on',
  kind: 'text',
  standard: 'incomplete',
  choices: FAIL_ON,
  help: 'The mildest outcome that makes the exit code 3, 4 or 5 instead of 0: critical, warning, incomplete or never',
};
