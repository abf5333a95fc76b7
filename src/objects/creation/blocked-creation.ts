import type { EvidenceValues } from '../../model/evidence.ts';
import type { EvidenceItem, Gap } from '../../model/finding.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { operatorOf, uncreatedGaps } from '../operator/operator.ts';
import { type CreateFailure, newestCreateFailure } from './create-failure.ts';

/** Operator pods that a ReplicaSet owes, and the newest reason that the API server gave for refusing them. */
export interface BlockedCreation {
  namespace: string;
  template: PodTemplate;
  /** Empty while every wanted pod exists: a rule may then still say what would refuse the next one. With no pod wanted, what will be missing as soon as some are. */
  gaps: Gap[];
  failure: CreateFailure | null;
}

interface CreationReads {
  readonly deployment: EvidenceValues['deployment'] | null;
  readonly replicaSets: EvidenceValues['replicaSets'] | null;
  readonly pods: EvidenceValues['pods'] | null;
  readonly events?: EvidenceValues['events'] | null | undefined;
}

/** null when there is no Deployment to create pods for. */
export function blockedCreation(seen: CreationReads): BlockedCreation | null {
  const operator = operatorOf(seen);
  if (!operator.deployment) return null;
  return {
    namespace: operator.deployment.metadata?.namespace ?? '',
    template: operator.deployment.spec?.template ?? {},
    gaps: operator.desired === 0 ? ['operator'] : uncreatedGaps(operator),
    failure: operator.uncreated > 0 ? newestCreateFailure(operator, seen.events) : null,
  };
}

/** The API server's words as evidence, when they match. */
export function words(blocked: BlockedCreation, pattern: RegExp): EvidenceItem[] {
  const { failure } = blocked;
  return failure && pattern.test(failure.message) ? [{ text: failure.message, source: failure.source }] : [];
}

/** Since when the API server has been saying so; null when its words are about something else. */
export function saidSince(blocked: BlockedCreation, said: readonly EvidenceItem[]): string | null {
  return said.length > 0 ? (blocked.failure?.time ?? null) : null;
}
