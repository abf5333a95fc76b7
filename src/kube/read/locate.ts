import type { Evidence } from '../../model/evidence.ts';
import { failWithoutAnswer } from './access.ts';
import { discover, type Found } from './discover.ts';
import { type ClusterReads, readCluster } from './read-cluster.ts';
import type { Reader } from './reader.ts';

/** Where virt-operator is, and what was read of the cluster to find it. */
export interface Located extends Found {
  clusterReads: ClusterReads;
  readAt: string;
}

/** Reads the cluster as a whole and finds the operator in it. Throws an AccessError when no request was answered at all. */
export async function locate(reader: Reader, asked: string | null, cluster: Evidence['cluster']): Promise<Located> {
  const { deployments, ...clusterReads } = await readCluster(reader, asked);
  failWithoutAnswer([deployments, ...Object.values(clusterReads)], cluster);
  const readAt = reader.date() ?? new Date().toISOString();
  return { ...(await discover(reader, { deployments, ...clusterReads }, asked)), clusterReads, readAt };
}
