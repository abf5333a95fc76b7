import type { Evidence } from '../model/evidence.ts';
import type { Rule } from '../model/rule.ts';
import type { Rung } from '../model/rung.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { type Operator, podGap } from '../objects/operator/operator.ts';
import { evaluate, type Observed } from './evaluate.ts';
import { replacesPods } from './replaces-pods.ts';
import type { Roots } from './roots.ts';

const BEFORE_A_NODE: readonly Rung[] = ['control-plane', 'replicaset', 'scheduling'];
/** The pods that go are counted in these still. */
const COUNTS: readonly string[] = ['quota-exceeded', 'insufficient-memory', 'too-many-pods', 'host-port-conflict'];

interface Diagnosed {
  evidence: Evidence;
  rules: readonly Rule[];
  operator: Operator;
  causes: Roots['causes'];
}

/** What objects prove to keep the pods that a repair brings from being made or placed: the rules judge the cluster without those that it replaces. */
export function replacementObstacles({ evidence, rules, operator, causes }: Diagnosed): Observed[] {
  const replacing = causes.filter(({ root }) => replacesPods(root));
  const named = operator.unready.filter((pod) => replacing.some(({ gaps }) => gaps.includes(podGap(pod))));
  const going = replacing.some(({ gaps }) => gaps.includes('leader')) ? [...named, ...operator.ready] : named;
  if (going.length === 0) return [];
  const known = causes.flatMap(({ root, consequences }) => [root, ...consequences]).map(({ rule }) => rule.code);
  const about = rules.filter(
    ({ rung, code }) => BEFORE_A_NODE.includes(rung) && !COUNTS.includes(code) && !known.includes(code),
  );
  const { observed } = evaluate(without(evidence, going.map(nameOf)), about);
  return observed.filter(
    ({ observation: { confidence, explains, next } }) => confidence === 'certain' && (next || explains.length > 0),
  );
}

function without(evidence: Evidence, names: readonly string[]): Evidence {
  const { pods } = evidence.reads;
  if (pods.status !== 'read') return evidence;
  const value = pods.value.filter((pod) => !names.includes(nameOf(pod)));
  return { ...evidence, reads: { ...evidence.reads, pods: { ...pods, value } } };
}
