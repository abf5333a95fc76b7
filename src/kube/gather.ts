import type { Evidence } from '../model/evidence.ts';
import type { Ask } from '../model/request.ts';
import { failWithoutAnswer } from './access.ts';
import { discover } from './discover.ts';
import { followUps } from './follow-up.ts';
import { logQuestions } from './log-questions.ts';
import { items, value } from './merge.ts';
import { obstacleQuestions } from './obstacle-questions.ts';
import { readCluster } from './read-cluster.ts';
import { NO_FOLLOW_UPS, readFollowUps } from './read-follow-ups.ts';
import { readLogs } from './read-logs.ts';
import { NO_OBSTACLES, readObstacles } from './read-obstacles.ts';
import { NO_OPERATOR_READS, readOperator } from './read-operator.ts';
import { startReader } from './reader.ts';

export interface GatherOptions {
  /** Look here only; otherwise the namespace is found. */
  namespace?: string | undefined;
  cluster: Evidence['cluster'];
  /** Hears what is being read, for a progress line. */
  onProgress?: (what: string) => void;
}

/**
 * Reads, in at most three rounds of parallel requests, all that explains an outage of virt-operator. Refused reads are evidence;
 * throws an AccessError only when no request was answered at all.
 */
export async function gather(ask: Ask, options: GatherOptions): Promise<Evidence> {
  const { cluster } = options;
  const asked = options.namespace || null;
  const reader = startReader(ask, options.onProgress);
  const { deployments, ...clusterReads } = await readCluster(reader, asked);
  failWithoutAnswer([deployments, ...Object.values(clusterReads)], cluster);
  const readAt = reader.date() ?? new Date().toISOString();

  const { namespace, foundBy, deployment } = await discover(reader, { deployments, ...clusterReads }, asked);
  const head = { readAt, cluster, namespace, foundBy, log: reader.log };
  if (namespace === null) {
    const operatorLogs = { status: 'unneeded' as const };
    const reads = {
      ...clusterReads,
      ...NO_OPERATOR_READS,
      ...NO_FOLLOW_UPS,
      ...NO_OBSTACLES,
      operatorLogs,
      deployment,
    };
    return { ...head, reads };
  }
  const operatorReads = await readOperator(reader, namespace, deployment);
  const seen = {
    readAt,
    deployment: value(deployment),
    replicaSets: items(operatorReads.replicaSets),
    pods: items(operatorReads.pods),
    nodes: items(operatorReads.nodes),
    nodeOverview: value(clusterReads.nodeOverview),
    events: items(operatorReads.events),
    operatorLease: operatorReads.operatorLease,
  };
  const [followUpReads, obstacleReads, operatorLogs] = await Promise.all([
    readFollowUps(reader, namespace, followUps(seen), { ...operatorReads, deployment }),
    readObstacles(reader, namespace, obstacleQuestions(seen)),
    readLogs(reader, namespace, logQuestions(seen)),
  ]);
  const reads = { ...clusterReads, ...operatorReads, ...followUpReads, ...obstacleReads, operatorLogs, deployment };
  return { ...head, reads };
}
