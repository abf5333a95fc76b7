import type { Evidence, EvidenceValues, ReadKey } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { type Operator, operatorOf } from '../objects/operator/operator.ts';

/** What an action is planned from. */
export interface Context {
  evidence: Evidence;
  /** The cause that it is to mend. */
  finding: Finding;
  operator: Operator;
  namespace: string;
}

/** Everything that was read, with the cause that is to be mended. */
export function contextOf(evidence: Evidence, finding: Finding): Context {
  const operator = operatorOf({
    deployment: known(evidence, 'deployment'),
    replicaSets: known(evidence, 'replicaSets'),
    pods: known(evidence, 'pods'),
  });
  return { evidence, finding, operator, namespace: evidence.namespace ?? '' };
}

/** What a read brought: null when the object does not exist, undefined when that is not known. */
export function known<Key extends ReadKey>(evidence: Evidence, key: Key): EvidenceValues[Key] | null | undefined {
  const read = evidence.reads[key];
  if (read.status === 'read') return read.value as EvidenceValues[Key];
  return read.status === 'absent' ? null : undefined;
}
