import type { Reads } from '../../model/evidence.ts';
import { items, merge, UNNEEDED } from './merge.ts';
import type { MonitoringQuestions } from './monitoring-questions.ts';
import type { Reader } from './reader.ts';
import { READS } from './reads.ts';

export type MonitoringReads = Pick<
  Reads,
  'serviceMonitors' | 'kubeStateMetrics' | 'metricsService' | 'networkPolicies' | 'strategyPods'
>;

/** What stands for those reads when nothing asks for them. */
export const NO_MONITORING: MonitoringReads = {
  serviceMonitors: UNNEEDED,
  kubeStateMetrics: UNNEEDED,
  metricsService: UNNEEDED,
  networkPolicies: UNNEEDED,
  strategyPods: UNNEEDED,
};

/** Reads what feeds the alerts about virt-operator, and what may keep others from its ports. */
export async function readMonitoring(
  reader: Reader,
  namespace: string,
  wanted: MonitoringQuestions,
): Promise<MonitoringReads> {
  const [serviceMonitors, kubeStateMetrics, metricsService, networkPolicies, strategyPods] = await Promise.all([
    wanted.monitoring ? reader.list('serviceMonitors', READS.serviceMonitors.ask()) : UNNEEDED,
    wanted.monitoring ? readKubeStateMetrics(reader) : UNNEEDED,
    wanted.monitoring ? reader.object('metricsService', READS.metricsService.ask(namespace)) : UNNEEDED,
    wanted.networkPolicies ? reader.list('networkPolicies', READS.networkPolicies.ask(namespace)) : UNNEEDED,
    wanted.strategyPods ? reader.list('strategyPods', READS.strategyPods.ask(namespace)) : UNNEEDED,
  ]);
  return { serviceMonitors, kubeStateMetrics, metricsService, networkPolicies, strategyPods };
}

/** Mostly a Deployment; where it is split into shards, a StatefulSet. */
async function readKubeStateMetrics(reader: Reader): Promise<Reads['kubeStateMetrics']> {
  const deployments = await reader.list('kubeStateMetrics', READS.kubeStateMetrics.ask('deployments'));
  if (deployments.status !== 'read' || items(deployments).length > 0) return deployments;
  return merge([deployments, await reader.list('kubeStateMetrics', READS.kubeStateMetrics.ask('statefulSets'))]);
}
