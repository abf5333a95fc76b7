import type { Evidence, ReadKey } from '../model/evidence.ts';
import type { Verdict } from '../model/report.ts';
import { condition } from '../objects/meta/condition.ts';
import { isControlledBy } from '../objects/meta/reference.ts';
import type { LeaseState } from '../objects/operator/lease.ts';
import type { Operator } from '../objects/operator/operator.ts';
import { isLedByStranger, strangePods } from '../objects/operator/stranger.ts';
import { isServed } from '../objects/operator/unserved-resource.ts';
import { knownValue } from './evaluate.ts';

/** Nothing may be called healthy unless all of these were read, and whole. */
export const REQUIRED_READS: readonly ReadKey[] = ['namespace', 'deployment', 'replicaSets', 'pods', 'operatorLease'];

export interface Judged {
  evidence: Evidence;
  operator: Operator;
  /** null when the lease could not be read. */
  lease: LeaseState | null;
  causes: readonly { code: string }[];
  /** Something is lacking, and what may say why was not read. */
  unexplained: boolean;
}

/** The verdict of the published contract; what is certain beats what could not be read. */
export function verdictOf({ evidence, operator, lease, causes, unexplained }: Judged): Verdict {
  if (causes.some((cause) => cause.code === 'kubevirt-not-installed')) return 'notInstalled';
  const counted = isAnswered(evidence, ['pods']);
  // Without the pods the lease alone tells that somebody leads.
  const leads = counted ? isLed({ evidence, operator, lease }) : lease?.alive === true;
  if (counted && !leads) return 'down';
  if (causes.length > 0) return leads ? 'degraded' : 'down';
  if (counted && isShort(operator)) return 'degraded';
  const isWhole = REQUIRED_READS.every((key) => evidence.reads[key].status === 'read' && !lackIn(evidence, key));
  return isWhole && isResourceServed(evidence) && lease?.alive && !unexplained ? 'healthy' : 'incomplete';
}

/** Whether what the operator acts on was read, or, where that is not allowed, its definition says that it is served. */
function isResourceServed({ reads: { kubevirts, kubevirtCrd } }: Evidence): boolean {
  return kubevirts.status === 'read' || (kubevirtCrd.status === 'read' && isServed(kubevirtCrd.value));
}

/** Whether a Ready pod leads: one of the Deployment's, or of another owner in their place. Where the lease is not known, any may. */
function isLed({ evidence, operator, lease }: Pick<Judged, 'evidence' | 'operator' | 'lease'>): boolean {
  const pods = knownValue(evidence, 'pods');
  if (lease === null) return operator.ready.length > 0 || strangePods(operator, pods).length > 0;
  return (operator.ready.length > 0 && lease.alive) || isLedByStranger(operator, pods, lease);
}

/** Lists of which the rest may matter, should the server have more of them than are read. */
const WHOLE: readonly ReadKey[] = ['replicaSets', 'pods', 'events'];

/** What is lacking in a read that brought something, in words; null when nothing is. */
export function lackIn({ reads }: Evidence, key: ReadKey): string | null {
  const read = reads[key];
  if (read.status !== 'read') return null;
  const { odd = [], partial = false } = read;
  const more = odd.length > 3 ? `, and ${odd.length - 3} more` : '';
  if (odd.length > 0) return `left out, not as Kubernetes writes it: ${odd.toSorted().slice(0, 3).join(', ')}${more}`;
  return partial && WHOLE.includes(key) ? 'cut short: the server has more of them than are read' : null;
}

function isAnswered({ reads }: Evidence, keys: readonly ReadKey[]): boolean {
  return keys.every((key) => reads[key].status === 'read' || reads[key].status === 'absent');
}

/** Fewer replicas than asked, or a roll-out that the Deployment controller gave up on while the old pods go on. */
function isShort({ ready, unread, desired, deployment, current, pods }: Operator): boolean {
  const progress = condition(deployment?.status?.conditions, 'Progressing');
  // Ready pods count as available only after minReadySeconds: a deadline that ends before is no sign of trouble.
  const waits = (deployment?.spec?.minReadySeconds ?? 0) > 0;
  const isRolledOut = waits && current !== null && pods.every((pod) => isControlledBy(pod, current));
  return (
    ready.length + unread.ready < (desired ?? 0) || (progress?.reason === 'ProgressDeadlineExceeded' && !isRolledOut)
  );
}
