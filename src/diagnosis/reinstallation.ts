import type { Evidence, ReadKey } from '../model/evidence.ts';
import type { Rule } from '../model/rule.ts';
import type { Rung } from '../model/rung.ts';
import { kubevirtVersion } from '../objects/operator/installation.ts';
import { isForControlPlane, manifestDeployment } from '../objects/operator/manifest.ts';
import type { Operator } from '../objects/operator/operator.ts';
import { evaluate, knownValue, type Observed } from './evaluate.ts';
import type { Roots } from './roots.ts';

/** The manifest brings these along. */
const INSTALLED: readonly string[] = ['serviceaccount-missing', 'priorityclass-missing', 'podsecurity-denied'];

interface Diagnosed {
  evidence: Evidence;
  rules: readonly Rule[];
  operator: Operator;
  causes: Roots['causes'];
}

/**
 * What objects prove to keep the pods of an operator that is installed again from being made or placed, where there is no Deployment:
 * the rules judge the cluster as if KubeVirt's manifest had just been applied. Only likely, since nobody says that it will be.
 */
export function reinstallationObstacles({ evidence, rules, operator, causes }: Diagnosed): Observed[] {
  const { namespace } = evidence;
  if (operator.exists !== false || causes.length === 0 || namespace === null) return [];
  const known = causes.flatMap(({ root, consequences }) => [root, ...consequences]).map(({ rule }) => rule.code);
  const rungs = rungsOf(evidence);
  const about = rules.filter(
    ({ rung, code }) => rungs.includes(rung) && !INSTALLED.includes(code) && !known.includes(code),
  );
  const { observed } = evaluate(asInstalled(evidence, namespace), about);
  const isGone = causes.some(({ root }) => root.rule.rung === 'namespace');
  return observed
    .filter(
      ({ observation: { confidence, explains, next } }) => confidence === 'certain' && (next || explains.length > 0),
    )
    .filter(({ observation }) => !isGone || observation.object.namespace !== namespace)
    .map(({ rule, observation }) => ({
      rule,
      observation: {
        ...observation,
        confidence: 'likely',
        explains: [],
        next: true,
        mitigation: observation.mitigation && { ...observation.mitigation, automatic: false },
      },
    }));
}

/** Without a Deployment the control-plane nodes are those that were read. */
function rungsOf(evidence: Evidence): Rung[] {
  const version = kubevirtVersion({
    kubevirts: knownValue(evidence, 'kubevirts'),
    operatorWebhook: knownValue(evidence, 'operatorWebhook'),
  });
  return isForControlPlane(version) ? ['replicaset', 'scheduling'] : ['replicaset'];
}

function asInstalled(evidence: Evidence, namespace: string): Evidence {
  const nothing = (key: ReadKey) =>
    evidence.reads[key].status === 'read' ? { [key]: { status: 'read', value: [] } } : {};
  const deployment = { status: 'read', value: manifestDeployment(namespace) };
  const reads = { ...evidence.reads, ...nothing('replicaSets'), ...nothing('pods'), deployment };
  return { ...evidence, reads: reads as Evidence['reads'] };
}
