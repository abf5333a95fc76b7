import type { EvidenceValues } from '../model/evidence.ts';
import type { Pod } from '../model/kubernetes.ts';
import type { LeaseState } from '../objects/operator/lease.ts';
import type { Operator } from '../objects/operator/operator.ts';

type MonitoringReads = Pick<
  EvidenceValues,
  'prometheusRules' | 'kubeStateMetrics' | 'metricsService' | 'serviceMonitors' | 'networkPolicies' | 'strategyPods'
>;

export interface AlertInput {
  /** Without KubeVirt its alert rules do not exist either. */
  isInstalled: boolean;
  namespace: string | null;
  operator: Operator;
  /** Every labelled pod: the alerts count phases, also of pods that are being deleted. null when unread. */
  pods: readonly Pod[] | null;
  /** null when the lease could not be read. */
  lease: LeaseState | null;
  version: string | null;
  /** How many nodes there are; null when that could not be read. */
  nodes: number | null;
  /** What was read of monitoring: `null` where it does not exist, `undefined` where that is not known. */
  monitoring: { readonly [Key in keyof MonitoringReads]?: MonitoringReads[Key] | null | undefined };
  /** Since when the first cause is seen, if that is known. */
  causeSince: string | null;
  readAt: string;
}
