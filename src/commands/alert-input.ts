import type { AlertInput } from '../alerts/input.ts';
import { knownValue } from '../diagnosis/evaluate.ts';
import type { Evidence } from '../model/evidence.ts';
import { leaderState } from '../objects/operator/leader.ts';
import { operatorOf } from '../objects/operator/operator.ts';

/** What the alerts are decided from: all that was read of the operator and of monitoring. */
export function alertInput(
  evidence: Evidence,
  about: Pick<AlertInput, 'isInstalled' | 'version' | 'causeSince'>,
): AlertInput {
  const { readAt, namespace } = evidence;
  const pods = knownValue(evidence, 'pods');
  const lease = knownValue(evidence, 'operatorLease');
  const operator = operatorOf({
    deployment: knownValue(evidence, 'deployment'),
    replicaSets: knownValue(evidence, 'replicaSets'),
    pods,
  });
  return {
    ...about,
    readAt,
    namespace,
    operator,
    pods: pods ?? null,
    lease: lease === undefined ? null : leaderState(lease, pods, readAt),
    nodes: knownValue(evidence, 'nodeOverview')?.total ?? null,
    monitoring: {
      prometheusRules: knownValue(evidence, 'prometheusRules'),
      kubeStateMetrics: knownValue(evidence, 'kubeStateMetrics'),
      metricsService: knownValue(evidence, 'metricsService'),
      serviceMonitors: knownValue(evidence, 'serviceMonitors'),
      networkPolicies: knownValue(evidence, 'networkPolicies'),
      strategyPods: knownValue(evidence, 'strategyPods'),
    },
  };
}
