import type { Observation } from '../../src/model/finding.ts';
import type { Rule } from '../../src/model/rule.ts';

/** A rule for tests; a test states what is different. */
export function rule(code: string, changes: Partial<Rule> = {}): Rule {
  return {
    code,
    rung: 'deployment',
    severity: 'critical',
    meaning: 'It is broken.',
    impact: 'It does not work.',
    evidence: 'It is seen.',
    remedy: 'Mend it.',
    commands: [],
    related: [],
    needs: [],
    evaluate: () => [],
    ...changes,
  };
}

/** A certain observation that explains nothing; a test states what is different. */
export function observation(changes: Partial<Observation> = {}): Observation {
  return {
    title: 'it is broken',
    object: { kind: 'Deployment', namespace: 'kubevirt', name: 'virt-operator' },
    since: null,
    confidence: 'certain',
    evidence: [],
    explains: [],
    mitigation: null,
    ...changes,
  };
}
