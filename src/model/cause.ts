import type { Severity } from './finding.ts';
import type { Rung } from './rung.ts';

/** What is known about a cause before any cluster is asked: `explain` and docs/rules.md tell it. */
export interface Cause {
  code: string;
  rung: Rung;
  severity: Severity;
  meaning: string;
  impact: string;
  /** How it is recognised: what is compared with what, and what makes it certain, likely or only possible. */
  evidence: string;
  /** How it is mended; a finding carries the commands with names filled in. */
  remedy: string;
  /** kubectl lines, those that show it before those that mend it; what a person fills in is in capitals, such as NAMESPACE. */
  commands: readonly string[];
  /** Codes that look alike, or that lead to this one or follow from it. */
  related: readonly string[];
}
