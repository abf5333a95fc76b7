import type { Reads } from '../../model/evidence.ts';
import { countBody, nodeOverviewBody, versionBody } from './body.ts';
import type { Traces } from './discover.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

export type ClusterReads = Pick<
  Reads,
  | 'version'
  | 'kubevirts'
  | 'operatorWebhook'
  | 'controllerManagerLease'
  | 'schedulerLease'
  | 'nodeOverview'
  | 'vmiCount'
>;

/** Reads what can be asked before the operator's namespace is known: the cluster as a whole, and the operator's traces. */
export async function readCluster(
  reader: Reader,
  namespace: string | null,
): Promise<ClusterReads & Pick<Traces, 'deployments'>> {
  const [deployments, version, kubevirts, operatorWebhook, ...rest] = await Promise.all([
    reader.list('deployment', READS.otherDeployments.ask(namespace)),
    reader.read('version', READS.version.ask(), versionBody),
    reader.list('kubevirts', READS.kubevirts.ask(namespace)),
    reader.object('operatorWebhook', READS.operatorWebhook.ask()),
    reader.object('controllerManagerLease', READS.controllerManagerLease.ask()),
    reader.object('schedulerLease', READS.schedulerLease.ask()),
    reader.read('nodeOverview', READS.nodeOverview.ask(), nodeOverviewBody),
    reader.read('vmiCount', READS.vmiCount.ask(), countBody),
  ]);
  const [controllerManagerLease, schedulerLease, nodeOverview, vmiCount] = rest;
  return {
    deployments,
    version,
    kubevirts,
    operatorWebhook,
    controllerManagerLease,
    schedulerLease,
    nodeOverview,
    vmiCount,
  };
}
