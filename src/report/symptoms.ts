import { condition } from '../objects/meta/condition.ts';
import { ago, lasting } from '../objects/meta/human-duration.ts';
import { list } from '../objects/meta/list.ts';
import { redact } from '../objects/meta/redact.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { ageSeconds } from '../objects/meta/time.ts';
import { type Operator, operatorOf } from '../objects/operator/operator.ts';
import { isReady, isUnbound } from '../objects/pod/pod.ts';
import { podRow } from '../objects/pod/pod-status.ts';
import { readValue } from './read.ts';
import type { View } from './view.ts';

/** A roll-out takes less. */
export const LONG_SECONDS = 300;

/** What was seen where no cause is known, one phrase each, never empty. Nothing is made up. */
export function symptoms(view: View): string[] {
  const short = shortOfPods(view);
  const seen = [
    ...unreadyPods(view),
    ...missingPods(view),
    ...(short ? [short] : []),
    ...refusals(view),
    ...staleLease(view),
  ];
  return seen.length > 0 ? seen : ['nothing that says why'];
}

function unreadyPods({ evidence }: View): string[] {
  const unready = list(readValue(evidence.reads.pods)).filter((pod) => !isReady(pod));
  const byStatus = Map.groupBy(unready, (pod) => podRow(pod, evidence.readAt).status);
  return [...byStatus].map(
    ([status, pods]) => `${names(pods.map(nameOf))} ${pods.length === 1 ? 'is' : 'are'} ${status}`,
  );
}

/** The operator as far as it was read. */
export function operatorSeen({ reads }: Pick<View['evidence'], 'reads'>): Operator {
  return operatorOf({
    deployment: readValue(reads.deployment),
    replicaSets: readValue(reads.replicaSets),
    pods: readValue(reads.pods),
  });
}

function names(pods: readonly string[]): string {
  if (pods.length === 1) return `pod ${pods[0]}`;
  const more = pods.length > 2 ? ` and ${pods.length - 2} more` : '';
  return `pods ${pods.slice(0, 2).join(', ')}${more}`;
}

function missingPods({ evidence, report }: View): string[] {
  const { pods } = evidence.reads;
  const { desired } = report.operator;
  if (pods.status === 'absent' || pods.status === 'unneeded' || desired === null) return [];
  if (pods.status !== 'read') return ['the pods could not be read'];
  const missing = Math.min(desired, operatorSeen(evidence).uncreated);
  return missing > 0 ? [`${missing} of ${desired} pods ${missing === 1 ? 'does' : 'do'} not exist`] : [];
}

/** Since when the Deployment has been short of pods, where that is longer than they are old: those before them did not work out either. */
export function shortOfPods({ evidence: { reads, readAt } }: View): string | null {
  const available = condition(readValue(reads.deployment)?.status?.conditions, 'Available');
  const since = available?.status === 'False' ? available.lastTransitionTime : null;
  const seconds = ageSeconds(readAt, since) ?? 0;
  return seconds >= LONG_SECONDS ? `the Deployment has been short of pods ${lasting(readAt, since)}` : null;
}

/** What the scheduler said last, where no rule knows its words. */
function refusals({ evidence: { reads } }: View): string[] {
  const waits = operatorSeen({ reads })
    .pods.filter(isUnbound)
    .map((pod) => condition(pod.status?.conditions, 'PodScheduled')?.message);
  const scheduler = [...new Set(waits.filter((words) => !!words))];
  return scheduler.slice(0, 1).map((words) => `the scheduler says: ${redact(words ?? '')}`);
}

function staleLease({ report }: View): string[] {
  const { leader, ready } = report.operator;
  if (!ready || leader?.alive) return [];
  return [
    leader
      ? `${leader.holder} renewed the leader lease ${ago(report.readAt, leader.renewTime)}`
      : 'nobody holds the leader lease',
  ];
}
