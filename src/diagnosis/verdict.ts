import type { Evidence, ReadKey } from '../model/evidence.ts';
import type { Verdict } from '../model/report.ts';
import type { LeaseState } from '../objects/lease.ts';
import type { Operator } from '../objects/operator.ts';

/** Nothing may be called healthy unless all of these answered. */
export const REQUIRED: readonly ReadKey[] = ['namespace', 'deployment', 'replicaSets', 'pods', 'operatorLease'];

export interface Judged {
  evidence: Evidence;
  operator: Operator;
  /** null when the lease could not be read. */
  lease: LeaseState | null;
  causes: readonly { code: string }[];
}

/** The verdict of the published contract; what is certain beats what could not be read. */
export function verdictOf({ evidence, operator, lease, causes }: Judged): Verdict {
  const answered = (key: ReadKey) => !['forbidden', 'failed'].includes(evidence.reads[key].status);
  if (causes.some((cause) => cause.code === 'kubevirt-not-installed')) return 'notInstalled';
  const nonePossible = answered('pods') && operator.ready.length === 0 && evidence.reads.pods.status !== 'unneeded';
  if (nonePossible || (operator.ready.length > 0 && lease?.alive === false)) return 'down';
  if (causes.length > 0 || operator.ready.length < (operator.desired ?? 0) || stuck(operator)) {
    return answered('pods') && operator.ready.length > 0 ? 'degraded' : 'down';
  }
  return REQUIRED.every(answered) && lease?.alive === true ? 'healthy' : 'incomplete';
}

/** A roll-out that the Deployment controller gave up on while the old pods go on. */
function stuck({ deployment }: Operator): boolean {
  const conditions = deployment?.status?.conditions ?? [];
  return conditions.some((one) => one?.type === 'Progressing' && one.reason === 'ProgressDeadlineExceeded');
}
