import { EXIT, type ExitCode } from '../model/errors.ts';
import type { Alert, OperatorReport, Verdict } from '../model/report.ts';
import type { FailOn } from './flags/fail-on.ts';

const BY_VERDICT: Record<Verdict, ExitCode> = {
  healthy: EXIT.ok,
  down: EXIT.critical,
  degraded: EXIT.warning,
  incomplete: EXIT.incomplete,
  notInstalled: EXIT.noAnswer,
};

/** virt-operator's alerts whose severity is `critical` (KubeVirt v1.9.0 pkg/monitoring/rules/alerts/virt-operator.go). */
const CRITICAL_ALERTS = [
  'VirtOperatorDown',
  'NoReadyVirtOperator',
  'NoLeadingVirtOperator',
  'VirtOperatorRESTErrorsBurst',
];

/** The codes that count as success. */
const TOLERATED: Record<FailOn, readonly ExitCode[]> = {
  incomplete: [],
  warning: [EXIT.incomplete],
  critical: [EXIT.incomplete, EXIT.warning],
  never: [EXIT.incomplete, EXIT.warning, EXIT.critical],
};

/** The exit code of a report: its verdict, made worse by an alert that should fire: to 4 at most where the alert is false. Findings never count. The same for every output format. */
export function exitCode(report: Pick<OperatorReport, 'verdict' | 'alerts'>, failOn: FailOn): ExitCode {
  const code = withAlerts(BY_VERDICT[report.verdict], report.alerts);
  return TOLERATED[failOn].includes(code) ? EXIT.ok : code;
}

/**
 * The exit code of several clusters, worst first: a proven outage is never hidden by a cluster that somebody cannot reach; what gave no
 * answer may be an outage, and what was read in part may be one too; a warning is known to be none.
 */
export function worstOf(codes: readonly ExitCode[]): ExitCode {
  return WORST_FIRST.find((code) => codes.includes(code)) ?? EXIT.ok;
}

const WORST_FIRST: readonly ExitCode[] = [EXIT.critical, EXIT.noAnswer, EXIT.incomplete, EXIT.warning];

function withAlerts(code: ExitCode, alerts: readonly Alert[]): ExitCode {
  if (code === EXIT.noAnswer || code === EXIT.critical) return code;
  const firing = alerts.filter((alert) => alert.state === 'firing');
  if (firing.some((alert) => !alert.falsePositive && CRITICAL_ALERTS.includes(alert.name))) return EXIT.critical;
  return firing.length > 0 ? EXIT.warning : code;
}
