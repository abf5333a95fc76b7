import type { Depth, Evidence, Reads } from '../../model/evidence.ts';
import type { Ask } from '../../model/request.ts';
import { type Operator, operatorOf, workloadGaps } from '../../objects/operator/operator.ts';
import { followUps, lacksLeader } from './follow-up.ts';
import { locate } from './locate.ts';
import { logQuestions } from './log-questions.ts';
import { items, UNNEEDED, value } from './merge.ts';
import { monitoringQuestions } from './monitoring-questions.ts';
import { obstacleQuestions } from './obstacle-questions.ts';
import { limitQuestions, NO_ADMISSION, readAdmission, readPriorityClass } from './read-admission.ts';
import { NO_FOLLOW_UPS, readFollowUps } from './read-follow-ups.ts';
import { NO_IMPACT, readImpact } from './read-impact.ts';
import { readLogs } from './read-logs.ts';
import { NO_MONITORING, readMonitoring } from './read-monitoring.ts';
import { NO_OBSTACLES, readObstacles } from './read-obstacles.ts';
import { NO_OPERATOR_READS, readOperator } from './read-operator.ts';
import { NO_RIGHTS, readRights } from './read-rights.ts';
import { type Reader, startReader } from './reader.ts';
import { READS } from './reads.ts';
import { idlesAlone, rightsQuestions } from './rights-questions.ts';

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
  const { namespace, foundBy, deployment, otherDeployments, clusterReads, readAt } = await locate(
    reader,
    asked,
    cluster,
  );
  const head = { readAt, cluster, namespace, foundBy, log: reader.log };
  if (namespace === null) {
    const [kubevirtCrd, priorityClass] = await Promise.all([
      readCrd(reader, clusterReads.kubevirts),
      readPriorityClass(reader, null),
    ]);
    const none = {
      kubevirtCrd,
      ...NO_OPERATOR_READS,
      ...NO_ADMISSION,
      priorityClass,
      ...NO_FOLLOW_UPS,
      ...NO_RIGHTS,
      ...NO_OBSTACLES,
      ...NO_IMPACT,
      ...NO_MONITORING,
      operatorLogs: UNNEEDED,
    };
    return { ...head, reads: { ...clusterReads, ...none, deployment, otherDeployments } };
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
  const operator = operatorOf(seen);
  const [admissionReads, followUpReads, rightsReads, obstacleReads, monitoringReads, kubevirtCrd, operatorLogs] =
    await Promise.all([
      readAdmission(reader, namespace, deployment, limitQuestions(operator, depth, idlesAlone(operator, seen))),
      readFollowUps(reader, namespace, followUps(seen, depth), { ...operatorReads, deployment }),
      readRights(reader, namespace, rightsQuestions(seen)),
      readObstacles(reader, namespace, obstacleQuestions(seen)),
      readMonitoring(reader, namespace, monitoringQuestions(seen, depth)),
      depth === 'all' || crdMatters(operator, lacksLeader(operator, seen), clusterReads.kubevirts)
        ? readCrd(reader, clusterReads.kubevirts)
        : UNNEEDED,
      readLogs(reader, namespace, logQuestions(seen)),
    ]);
  const own = {
    ...operatorReads,
    ...admissionReads,
    ...impactReads,
    ...followUpReads,
    ...rightsReads,
    ...obstacleReads,
    ...monitoringReads,
    kubevirtCrd,
    operatorLogs,
  };
  return { ...head, reads: { ...clusterReads, ...own, deployment, otherDeployments } };
}

/** Its schemas are long, and say nothing: the whole of it is read only where it is not known otherwise that its resource is served. */
async function readCrd(reader: Reader, kubevirts: Reads['kubevirts']): Promise<Reads['kubevirtCrd']> {
  const whole = () => reader.object('kubevirtCrd', READS.kubevirtCrd.ask());
  if (kubevirts.status === 'failed' || kubevirts.status === 'forbidden') return whole();
  const short = await reader.object('kubevirtCrd', READS.kubevirtCrd.ask('metadata'));
  return short.status === 'read' && kubevirts.status === 'absent' ? whole() : short;
}

/** That KubeVirt resources are served tells of their definition; its age matters only where nothing else is wrong, its deletion where theirs does. */
function crdMatters(operator: Operator, leaderless: boolean, kubevirts: Reads['kubevirts']): boolean {
  if (items(kubevirts).some(({ metadata }) => metadata?.deletionTimestamp)) return true;
  const complete = operator.deployment !== null && workloadGaps(operator).length === 0;
  return (complete && !leaderless) || operator.deployment === null || kubevirts.status !== 'read';
}
