import type { Cause } from './cause.ts';
import type { Evidence, EvidenceValues, ReadKey } from './evidence.ts';
import type { Observation } from './finding.ts';
import type { Rung } from './rung.ts';

/**
 * What a rule is shown: the reads that it needs (`null`: the object does not exist) and those it can do without
 * (`undefined`: not known). Nothing else: a rule that touches more does not compile.
 */
export type Seen<Needs extends ReadKey, Wants extends ReadKey = never> = {
  readonly [Key in Needs]: EvidenceValues[Key] | null;
} & {
  readonly [Key in Wants]?: EvidenceValues[Key] | null | undefined;
} & {
  readonly readAt: string;
  readonly target: Pick<Evidence, 'namespace' | 'foundBy'>;
  /** Those of these reads that the person may not make: that they brought nothing says nothing of the cluster. */
  readonly forbidden: readonly ReadKey[];
};

/** One root cause. `order` is the place within its rung, where one cause hides another (admission order, say); equal orders are causes side by side. */
export interface RuleDefinition<Needs extends ReadKey, Wants extends ReadKey> extends Cause {
  order?: number;
  /** Rungs whose causes bring this about, where it would otherwise be taken for an obstacle of its own. */
  follows?: readonly Rung[];
  /** It lies in the template, the image or the program, and comes along to whatever node the pod runs on. */
  onAnyNode?: true;
  /** What it accounts for is more than is needed: whatever keeps that from running follows from it. */
  surplus?: true;
  /** It repeats what an object says: nothing is told of it where another cause accounts for the same. */
  lastResort?: true;
  needs: readonly Needs[];
  wants?: readonly Wants[];
  evaluate(seen: Seen<Needs, Wants>): Observation[];
}

export type Rule = Omit<RuleDefinition<ReadKey, ReadKey>, 'evaluate'> & {
  evaluate(seen: Seen<ReadKey, never>): Observation[];
};

/** Checks a rule's `evaluate` against its own `needs` and `wants`, then forgets them so that all rules fit one list. */
export function defineRule<const Needs extends ReadKey, const Wants extends ReadKey = never>(
  rule: RuleDefinition<Needs, Wants>,
): Rule {
  return rule as unknown as Rule;
}
