import { neverLed } from '../objects/container/idle.ts';
import { list } from '../objects/meta/list.ts';
import { nameOf } from '../objects/meta/reference.ts';
import { kubeStateMetricsFault } from '../objects/monitoring/kube-state-metrics.ts';
import {
  closedPort,
  METRICS_PORT,
  type MonitoringFault,
  scrapeFault,
  selectedPods,
} from '../objects/monitoring/monitoring.ts';
import { strangePods } from '../objects/operator/stranger.ts';
import type { Definitions } from './definitions.ts';
import type { Metrics, Sample } from './expression.ts';
import type { AlertInput } from './input.ts';

/** What keeps Prometheus from knowing: about all objects, or the operator's own metrics. */
export interface Fault extends MonitoringFault {
  hides: 'kubeStateMetrics' | 'scrape';
  /** Whether the objects prove that nothing arrives. */
  sure: boolean;
}

/** The faults that were seen, those that are sure first. */
export function faultsOf(input: AlertInput): Fault[] {
  const namespace = input.namespace ?? '';
  const seen = { ...input.monitoring, operator: input.operator, namespace };
  const states = kubeStateMetricsFault(input.monitoring.kubeStateMetrics, namespace);
  const scrape = scrapeFault(seen);
  const port = closedPort(seen, METRICS_PORT, 'metrics');
  return [
    ...(states ? [{ ...states, hides: 'kubeStateMetrics' as const, sure: states.confidence !== 'possible' }] : []),
    ...(scrape ? [{ ...scrape, hides: 'scrape' as const, sure: true }] : []),
    ...(port && !scrape ? [{ ...port, hides: 'scrape' as const, sure: false }] : []),
  ].sort((a, b) => Number(b.sure) - Number(a.sure));
}

const METRICS = [
  { pattern: /^(cluster:)?kubevirt_virt_operator_up(_total|:sum)?$/, value: 'up' },
  { pattern: /^num_of_running_virt_operators$/, value: 'up' },
  { pattern: /^(cluster:)?kubevirt_virt_operator_ready(_total|:sum)?$/, value: 'ready' },
  { pattern: /^(cluster:)?kubevirt_virt_operator_leading(_total|:sum)?$/, value: 'leading' },
  { pattern: /^cluster:kubevirt_virt_operator_pods_running:count$/, value: 'running' },
  { pattern: /^kube_deployment_spec_replicas$/, value: 'desired' },
  { pattern: /allocatable_nodes|nodes_allocatable/, value: 'nodes' },
] as const;

export type Value = (typeof METRICS)[number]['value'];

/** What a metric counts; null for one that is not about what objects tell. */
export function countedBy(metric: string): Value | null {
  return METRICS.find(({ pattern }) => pattern.test(metric))?.value ?? null;
}

/** The samples that Prometheus has with these faults (KubeVirt pkg/monitoring/rules/recordingrules/virt.go, v1.0.0 to v1.9.0). */
export function metricsWith(input: AlertInput, reading: Definitions, faults: readonly Fault[]): Metrics {
  const blind = faults.some((fault) => fault.hides === 'kubeStateMetrics');
  const up = scraped(input, faults);
  const ready = blind && reading.readyNeedsKubeStateMetrics ? 0 : readyOf(input, up);
  const values: Record<Value, Sample> = {
    up,
    ready,
    leading: leadingOf(input, reading, up),
    running: blind ? 0 : runningOf(input),
    desired: blind ? 'none' : desiredOf(input),
    nodes: blind ? 'none' : (input.nodes ?? 'unknown'),
  };
  return (name) => {
    const value = countedBy(name);
    return value === null ? 'unknown' : values[value];
  };
}

/** A scrape asks the port that the readiness probe asks. */
function scraped(input: AlertInput, faults: readonly Fault[]): Sample {
  const { pods, operator, monitoring, namespace } = input;
  if (!pods) return 'unknown';
  if (!faults.some((fault) => fault.hides === 'scrape')) return operator.ready.length + countedStrangers(input).length;
  const selected = selectedPods({ ...monitoring, operator, namespace: namespace ?? '' });
  return selected.length < operator.ready.length ? selected.length : 0;
}

/** A pod says that it is ready only just before it asks for the lease: one that never led may never have said so. */
function readyOf({ lease, operator }: AlertInput, up: Sample): Sample {
  return up !== 0 && lease && neverLed(operator.ready, lease) ? 'unknown' : up;
}

function leadingOf({ lease }: AlertInput, { leadingIsNeverMissing }: Definitions, up: Sample): Sample {
  if (up === 0) return leadingIsNeverMissing ? 0 : 'none';
  return lease && up !== 'unknown' ? Number(lease.alive) : 'unknown';
}

/** Every pod whose name begins as the operator's pods do. */
function runningOf(input: AlertInput): Sample {
  return input.pods ? list(input.pods).filter(isRunning).length + maskingPods(input).length : 'unknown';
}

/** Pods of the install-strategy Job that the rule takes for operator pods (KubeVirt v1.9.0 names them so). */
export function maskingPods({ monitoring }: AlertInput): string[] {
  const running = list(monitoring.strategyPods).filter(isRunning);
  return running.map(nameOf).filter((name) => name.startsWith('virt-operator-'));
}

/** Ready pods of others that the rules take for the Deployment's: they go by the pod's name. */
export function countedStrangers({ operator, pods }: AlertInput): string[] {
  return strangePods(operator, pods)
    .map(nameOf)
    .filter((name) => name.startsWith('virt-operator-'));
}

function isRunning({ status }: { status?: { phase?: string | null } | null }): boolean {
  return status?.phase === 'Running';
}

function desiredOf({ operator }: AlertInput): Sample {
  return operator.exists === false ? 'none' : (operator.desired ?? 'unknown');
}
