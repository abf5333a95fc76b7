import type { Evidence } from './evidence.ts';
import type { FailureReason } from './request.ts';

/** What the process ends with; the same for every output format. Node itself uses 6, 7, 9, 10 and 12 to 14. */
export const EXIT = {
  ok: 0,
  noAnswer: 1,
  usage: 2,
  critical: 3,
  warning: 4,
  incomplete: 5,
  notConfirmed: 8,
  notVerified: 11,
  timeout: 124,
} as const;
export type ExitCode = number;

/** An error whose message is for the user: one line that says what happened and what to do next. */
export class UserError extends Error {
  readonly exitCode: ExitCode;
  constructor(message: string, exitCode: ExitCode = EXIT.noAnswer) {
    super(message);
    this.name = 'UserError';
    this.exitCode = exitCode;
  }
}

/** No answer from the cluster at all; `code` is why, `cluster` is which one was meant, if that came to be known. */
export class AccessError extends UserError {
  readonly code: FailureReason | 'exec-plugin-missing' | 'exec-plugin-failed' | 'kubeconfig';
  readonly cluster: Evidence['cluster'] | null;
  constructor(code: AccessError['code'], message: string, cluster: Evidence['cluster'] | null = null) {
    super(message);
    this.name = 'AccessError';
    this.code = code;
    this.cluster = cluster;
  }
}
