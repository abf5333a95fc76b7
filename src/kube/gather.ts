import type { Depth, Evidence } from '../model/evidence.ts';
import type { Ask } from '../model/request.ts';
import { type Operator, operatorOf, workloadGaps } from '../objects/operator.ts';
import { followUps } from './follow-up.ts';
import { locate } from './locate.ts';
import { logQuestions } from './log-questions.ts';
import { items, value } from './merge.ts';
import { monitoringQuestions } from './monitoring-questions.ts';
import { obstacleQuestions } from './obstacle-questions.ts';
import { NO_ADMISSION, readAdmission } from './read-admission.ts';
import { NO_FOLLOW_UPS, readFollowUps } from './read-follow-ups.ts';
import { NO_IMPACT, readImpact } from './read-impact.ts';
import { readLogs } from './read-logs.ts';
import { NO_MONITORING, readMonitoring } from './read-monitoring.ts';
import { NO_OBSTACLES, readObstacles } from './read-obstacles.ts';
import { NO_OPERATOR_READS, readOperator } from './read-operator.ts';
import { startReader } from './reader.ts';

export interface GatherOptions {
  /** Look here only; otherwise the namespace is found. */
  namespace?: string | undefined;
  cluster: Evidence['cluster'];
  /** 'verdict' unless said otherwise. */
  depth?: Depth;
  /** Hears what is being read, for a progress line. */
  onProgress?: (what: string) => void;
}

/**
 * Reads, in at most three rounds of parallel requests, all that explains an outage of virt-operator. Refused reads are evidence;
 * throws an AccessError only when no request was answered at all.
 */
export async function gather(ask: Ask, options: GatherOptions): Promise<Evidence> {
  const { cluster, depth = 'verdict' } = options;
  const asked = options.namespace || null;
  const reader = startReader(ask, options.onProgress);
  const { namespace, foundBy, deployment, clusterReads, readAt } = await locate(reader, asked, cluster);
  const head = { readAt, cluster, namespace, foundBy, log: reader.log };
  if (namespace === null) {
    const none = {
      ...NO_OPERATOR_READS,
      ...NO_ADMISSION,
      ...NO_FOLLOW_UPS,
      ...NO_OBSTACLES,
      ...NO_IMPACT,
      ...NO_MONITORING,
      operatorLogs: { status: 'unneeded' as const },
    };
    return { ...head, reads: { ...clusterReads, ...none, deployment } };
  }
  const nodeOverview = value(clusterReads.nodeOverview);
  const [operatorReads, impactReads] = await Promise.all([
    readOperator(reader, namespace, deployment, nodeOverview),
    readImpact(reader, namespace),
  ]);
  const seen = {
    readAt,
    deployment: value(deployment),
    replicaSets: items(operatorReads.replicaSets),
    pods: items(operatorReads.pods),
    nodes: items(operatorReads.nodes),
    nodeOverview,
    events: items(operatorReads.events),
    operatorLease: operatorReads.operatorLease,
    controllerManagerLease: value(clusterReads.controllerManagerLease),
    prometheusRules: operatorReads.prometheusRules,
    kubevirts: items(clusterReads.kubevirts),
    operatorWebhook: value(clusterReads.operatorWebhook),
  };
  const [admissionReads, followUpReads, obstacleReads, monitoringReads, operatorLogs] = await Promise.all([
    readAdmission(reader, namespace, deployment, depth === 'all' || lacksPods(operatorOf(seen))),
    readFollowUps(reader, namespace, followUps(seen), { ...operatorReads, deployment }),
    readObstacles(reader, namespace, obstacleQuestions(seen)),
    readMonitoring(reader, namespace, monitoringQuestions(seen, depth)),
    readLogs(reader, namespace, logQuestions(seen)),
  ]);
  const own = {
    ...operatorReads,
    ...admissionReads,
    ...impactReads,
    ...followUpReads,
    ...obstacleReads,
    ...monitoringReads,
    operatorLogs,
  };
  return { ...head, reads: { ...clusterReads, ...own, deployment } };
}

/** Whether a pod or roll-out is missing, or not even asked for: what new pods must pass then matters. */
function lacksPods(operator: Operator): boolean {
  return !operator.desired || workloadGaps(operator).length > 0;
}
