import type { Evidence, ReadKey } from '../model/evidence.ts';
import type { EvidenceItem, Observation } from '../model/finding.ts';
import type { KubernetesObject } from '../model/kubernetes.ts';
import type { Rule, Seen } from '../model/rule.ts';
import { shell } from '../objects/meta/shell.ts';

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

/** Shows every rule what it asks for. A rule whose needs could not be read is unknown, never clear, unless it is about containers and lacks only who owns their pods; one that trips over an odd object too. */
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
  const refused = rule.needs.filter((key) => ['forbidden', 'failed'].includes(evidence.reads[key].status));
  if (refused.some((key) => !isDispensable(rule, key))) return 'unknown';
  if (rule.needs.some((key) => evidence.reads[key].status === 'unneeded')) return [];
  try {
    const observations = together(rule.evaluate(show(evidence, known, [...rule.needs, ...(rule.wants ?? [])])));
    return refused.length > 0 ? observations.map(lessSure) : observations;
  } catch {
    return refused.length > 0 ? 'unknown' : 'broken';
  }
}

/** What a rule says twice of one object, of the pods of two revisions say, is one thing to mend. */
function together(observations: readonly Observation[]): Observation[] {
  const same = ({ title, object, confidence, next, mitigation }: Observation) =>
    JSON.stringify([title, object, confidence, next === true, mitigation]);
  return [...Map.groupBy(observations, same).values()].flatMap(([first, ...others]) =>
    first ? [others.reduce(joined, first)] : [],
  );
}

function joined(one: Observation, other: Observation): Observation {
  return {
    ...one,
    evidence: [...one.evidence, ...other.evidence.filter((item) => !one.evidence.some((had) => isSame(had, item)))],
    explains: [...new Set([...one.explains, ...other.explains])],
  };
}

function isSame(one: EvidenceItem, other: EvidenceItem): boolean {
  return one.text === other.text && one.source === other.source;
}

/** Why a container does not run stands in its pod; whose the pod is, only most likely, in its label and its owner. */
function isDispensable({ rung, needs }: Rule, key: ReadKey): boolean {
  const isAboutContainers = rung === 'container-start' || rung === 'container-run';
  return isAboutContainers && needs.includes('pods') && (key === 'deployment' || key === 'replicaSets');
}

/** What would mend it is about the Deployment, which is not known: the pod is where to look. */
function lessSure(observation: Observation): Observation {
  const { namespace, name } = observation.object;
  const command = shell`kubectl -n ${namespace} describe pod ${name}`;
  return {
    ...observation,
    confidence: observation.confidence === 'certain' ? 'likely' : observation.confidence,
    mitigation: observation.object.kind === 'Pod' ? { action: 'look-at-pods', automatic: false, command } : null,
  };
}

type Known = Readonly<Record<string, unknown>>;

/** Every read's value, put in order once for all rules. */
function knownValues(evidence: Evidence): Known {
  const keys = Object.keys(evidence.reads) as ReadKey[];
  return Object.fromEntries(keys.map((key) => [key, knownValue(evidence, key)]));
}

function show(evidence: Evidence, known: Known, keys: readonly ReadKey[]): Seen<ReadKey> {
  const { readAt, namespace, foundBy, reads } = evidence;
  const values = keys.map((key) => [key, known[key]]);
  const forbidden = keys.filter((key) => reads[key].status === 'forbidden');
  return { ...Object.fromEntries(values), readAt, target: { namespace, foundBy }, forbidden };
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
