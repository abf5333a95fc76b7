import type { Evidence, ReadKey } from '../model/evidence.ts';
import type { Observation } from '../model/finding.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Rule, Seen } from '../model/rule.ts';

/** An observation and the rule that made it. */
export interface Observed {
  rule: Rule;
  observation: Observation;
}

export interface Evaluation {
  observed: Observed[];
  /** Rules that could not decide: a read that they need was refused or failed. */
  unknown: Rule[];
  /** Rules that tripped over an object, which is a bug, and must not hide what the others see. */
  broken: Rule[];
}

/** Shows every rule what it asks for. A rule whose needs could not be read is unknown, never clear; one that trips over an odd object too. */
export function evaluate(evidence: Evidence, rules: readonly Rule[]): Evaluation {
  const known = knownValues(evidence);
  const outcomes = rules.map((rule) => ({ rule, outcome: ask(rule, evidence, known) }));
  const thatEnded = (how: Outcome) => outcomes.filter(({ outcome }) => outcome === how).map(({ rule }) => rule);
  const observed = outcomes.flatMap(({ rule, outcome }) =>
    typeof outcome === 'string' ? [] : outcome.map((observation) => ({ rule, observation })),
  );
  return { observed, unknown: thatEnded('unknown'), broken: thatEnded('broken') };
}

type Outcome = Observation[] | 'unknown' | 'broken';

function ask(rule: Rule, evidence: Evidence, known: Known): Outcome {
  const statuses = rule.needs.map((key) => evidence.reads[key].status);
  if (statuses.some((status) => status === 'forbidden' || status === 'failed')) return 'unknown';
  if (statuses.includes('unneeded')) return [];
  try {
    return rule.evaluate(show(evidence, known, [...rule.needs, ...(rule.wants ?? [])]));
  } catch {
    return 'broken';
  }
}

type Known = Readonly<Record<string, unknown>>;

/** Every read's value, put in order once for all rules. */
function knownValues(evidence: Evidence): Known {
  const keys = Object.keys(evidence.reads) as ReadKey[];
  return Object.fromEntries(keys.map((key) => [key, knownValue(evidence, key)]));
}

function show({ readAt, namespace, foundBy }: Evidence, known: Known, keys: readonly ReadKey[]): Seen<ReadKey> {
  const values = keys.map((key) => [key, known[key]]);
  return { ...Object.fromEntries(values), readAt, target: { namespace, foundBy } };
}

/** What a read brought, lists by name: `null` when the object does not exist, `undefined` when that is not known. */
export function knownValue<Key extends ReadKey>(
  evidence: Evidence,
  key: Key,
): Extract<Evidence['reads'][Key], { status: 'read' }>['value'] | null | undefined {
  const read = evidence.reads[key];
  if (read.status === 'read') return inOrder(read.value);
  return read.status === 'absent' ? null : undefined;
}

/** Nothing may depend on the order in which a server, or a file, lists things. */
function inOrder<T>(value: T): T {
  return Array.isArray(value) ? (value.toSorted(byName) as T) : value;
}

function byName(a: KubernetesObject, b: KubernetesObject): number {
  const [one, other] = [nameKey(a), nameKey(b)];
  return Number(one > other) - Number(one < other);
}

function nameKey({ kind, metadata }: KubernetesObject): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}/${kind ?? ''}`;
}
