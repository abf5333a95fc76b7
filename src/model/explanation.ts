import type { Cause } from './cause.ts';

/** A cause as `explain` tells it. */
export interface ExplainedCause extends Omit<Cause, 'commands'> {
  /** kubectl lines that show it, and those that mend it. */
  commands: { show: string[]; mend: string[] };
}

/** What `explain CODE -o json` prints. */
export interface Explanation extends ExplainedCause {
  apiVersion: 'virtop/v1';
  kind: 'Explanation';
}

/** What `explain -o json` prints: every cause, in the order of the ladder. */
export interface ExplanationList {
  apiVersion: 'virtop/v1';
  kind: 'ExplanationList';
  items: ExplainedCause[];
}

/** What `explain` prints for programs; its schema is docs/explanation.schema.json. */
export type ExplanationDocument = Explanation | ExplanationList;
