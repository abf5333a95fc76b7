export type Severity = 'critical' | 'warning' | 'info';
/** `certain` follows from API objects, `likely` from matched text, `possible` is one of several readings. */
export type Confidence = 'certain' | 'likely' | 'possible';

export interface ObjectReference {
  kind: string;
  namespace: string | null;
  name: string;
}

/** One thing that was seen, and where: `source` is what a person would look at, such as `pod/virt-operator-x status.conditions[PodScheduled]`. */
export interface EvidenceItem {
  text: string;
  source: string;
}

/** What would mend it. `automatic`: the program can do it (after asking); otherwise a person follows `command`. */
export interface Mitigation {
  action: string;
  automatic: boolean;
  command: string;
  /** All that a person does, in order, where the command and what `explain` says of the remedy are not it: kubectl lines, and words. */
  steps?: readonly string[];
}

/**
 * One of the things the operator lacks (see `objects/operator.ts`): `operator`, `uncreated/0`, `pod/NAME`, `rollout`, `leader`, or, where it lacks
 * nothing else, `resource`: what it acts on, or `lasting`: pods that are not ended minutes after their start.
 * A rule says which of them it accounts for; the diagnosis looks for the first rung that accounts for each.
 */
export type Gap = string;

/** What a rule saw. `explains: []` is a finding that is never a root cause. */
export interface Observation {
  title: string;
  object: ObjectReference;
  /** RFC 3339, or null when nothing says since when. */
  since: string | null;
  confidence: Confidence;
  evidence: EvidenceItem[];
  explains: readonly Gap[];
  /** The API server's newest words name this cause: of several on one rung, the one that acts now. */
  told?: boolean;
  /** Objects show that this would stop the pods once the causes are mended. It explains nothing yet. */
  next?: boolean;
  mitigation: Mitigation | null;
}

export interface Finding extends Omit<Observation, 'explains' | 'told' | 'next'> {
  code: string;
  severity: Severity;
  consequences: string[];
  /** Among the findings: what would stop the pods next, once the causes are mended. */
  next?: true;
}
