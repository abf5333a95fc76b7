import type { AlertingRule, PrometheusRule } from '../model/kubernetes.ts';
import { isAtLeast } from '../objects/meta/version.ts';
import { rulesIn } from '../objects/monitoring/alert-rule.ts';

/** One alert of the family, as a rule defines it. */
export interface Definition {
  name: string;
  expression: string;
  minutes: number;
  severity: string;
}

/** The alerts, and how the values that they compare come about. */
export interface Definitions {
  alerts: Definition[];
  /** Whether the number of ready pods needs kube-state-metrics. */
  readyNeedsKubeStateMetrics: boolean;
  /** Whether no leader counts as 0, not as no sample. */
  leadingIsNeverMissing: boolean;
}

const NAMES = [
  'VirtOperatorDown',
  'NoReadyVirtOperator',
  'NoLeadingVirtOperator',
  'LowReadyVirtOperatorsCount',
  'LowVirtOperatorCount',
  'VirtOperatorRESTErrorsHigh',
  'VirtOperatorRESTErrorsBurst',
];

/** Releases between which all changes of the expressions lie. */
const EACH_KIND = ['v1.0.0', 'v1.5.0', 'v1.6.5', 'v1.7.0', 'v1.7.2', 'v1.8.0', 'v1.8.3', 'v1.9.0'];

/** What every known version of KubeVirt says, for when it is not known which is installed. */
export function everyVersion(): Definitions[] {
  return EACH_KIND.map((version) => ofVersion(version));
}

/**
 * The alerts as a version of KubeVirt installs them: pkg/monitoring/rules/alerts/virt-operator.go and recordingrules/virt.go, tags
 * v1.0.0 to v1.9.0 and the main branch after it, compared one by one.
 */
export function ofVersion(version: string): Definitions {
  const since = (least: string) => isAtLeast(version, least) === true;
  const until = (end: string) => !since(end);
  const name = (what: 'up' | 'ready' | 'leading') => {
    if (since('1.8.3')) return `cluster:kubevirt_virt_operator_${what}:sum`;
    return `kubevirt_virt_operator_${what}${since('1.1.0') ? '' : '_total'}`;
  };
  const running = 'cluster:kubevirt_virt_operator_pods_running:count';
  const nodes = since('1.1.0') ? 'kubevirt_allocatable_nodes' : 'kubevirt_allocatable_nodes_count';
  const isShare = since('1.7.2') || (since('1.6.5') && until('1.7.0'));
  const share = `${since('1.10.0') ? running : name('up')} / on() kube_deployment_spec_replicas{deployment='virt-operator'} < 0.75`;
  const fewReady = `${name('ready')} < ${since('1.8.0') ? running : name('up')}`;
  const alerts = [
    critical('VirtOperatorDown', `${since('1.8.4') ? running : name('up')} == 0`),
    critical('NoReadyVirtOperator', `${name('ready')} == 0`),
    critical('NoLeadingVirtOperator', `${name('leading')} == 0`),
    warning('LowReadyVirtOperatorsCount', since('1.8.4') ? `${fewReady} and ${name('ready')} > 0` : fewReady, 10),
    warning('LowVirtOperatorCount', isShare ? share : `(${nodes} > 1) and (${name('up')} < 2)`, 60),
    ...(until('1.5.2') ? [warning('VirtOperatorRESTErrorsHigh', `${errorRatio('60m')} >= 0.05`, 5)] : []),
    critical('VirtOperatorRESTErrorsBurst', `${errorRatio('5m')} >= 0.8`, 5),
  ];
  return { alerts, readyNeedsKubeStateMetrics: since('1.4.0'), leadingIsNeverMissing: since('1.10.0') };
}

/** The alerts as the cluster's own rule defines them, those that the program knows. */
export function ofRule(rule: PrometheusRule): Definitions {
  const rules = rulesIn(rule);
  // An older name may be recorded beside the new one, as the same value.
  const recorded = (name: RegExp) =>
    rules.filter((one) => name.test(String(one.record))).map(({ expr }) => String(expr));
  const ready = recorded(/virt_operator_ready/);
  return {
    alerts: NAMES.flatMap((name) => {
      const found = rules.find((one) => one.alert === name);
      return found ? [definition(name, found)] : [];
    }),
    readyNeedsKubeStateMetrics: ready.length === 0 || ready.some((one) => one.includes('kube_pod_status_ready')),
    leadingIsNeverMissing: recorded(/virt_operator_leading/).some((one) => one.includes('vector(0)')),
  };
}

function definition(name: string, rule: AlertingRule): Definition {
  return {
    name,
    expression: String(rule.expr ?? ''),
    minutes: minutes(rule.for),
    severity: rule.labels?.severity ?? '',
  };
}

const UNITS: Record<string, number> = { ms: 1 / 60_000, s: 1 / 60, m: 1, h: 60, d: 1440, w: 10_080 };

/** A duration of Prometheus, such as `1h30m`; without one an alert fires at once. */
function minutes(duration: string | null | undefined): number {
  const parts = [...String(duration ?? '').matchAll(/(\d+)(ms|[smhdw])/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ''] ?? 0), 0);
}

function critical(name: string, expression: string, minutes = 10): Definition {
  return { name, expression, minutes, severity: 'critical' };
}

function warning(name: string, expression: string, minutes: number): Definition {
  return { name, expression, minutes, severity: 'warning' };
}

function errorRatio(window: string): string {
  const rate = (codes: string) => `sum(rate(rest_client_requests_total{pod=~"virt-operator-.*"${codes}}[${window}]))`;
  return `${rate(',code=~"(4|5)[0-9][0-9]"')} / ${rate('')}`;
}
