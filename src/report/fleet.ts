import type { FleetReport } from '../model/fleet.ts';
import { cutLine, type Line, type Span, span, wholeLine } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import { VERDICT_WORDS } from './headline.ts';
import { alertState } from './section.ts';

/** What one context came to, so far. */
export type FleetRow =
  | { context: string; state: 'waiting'; doing: string }
  /** `noAnswer`: the report only says why there is none. */
  | { context: string; state: 'answered' | 'noAnswer'; report: OperatorReport };

const HEADS = ['CONTEXT', 'VERDICT', 'READY', 'NAMESPACE', 'KUBEVIRT'];
const WIDE_HEADS = ['SERVER', 'USER'];
/** No context has such a long name that all others must move aside for it. */
const MOST_CELL = 120;
const UNKNOWN = '-';

/** One row for each context, in their order. A row that is not wide ends where the terminal does. */
export function fleetLines(rows: readonly FleetRow[], isWide: boolean): Line[] {
  const heads = [...HEADS, ...(isWide ? WIDE_HEADS : []), 'CAUSE'].map((head) => span(head, 'strong'));
  const cells = [heads, ...rows.map((row) => cellsOf(row, isWide).map(short))];
  const rooms = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.text.length ?? 0)) + 3);
  const padded = ({ text, tone }: Span, column: number, { length }: readonly Span[]) =>
    span(column === length - 1 ? text : text.padEnd(rooms[column] ?? 0), tone);
  return cells.map((row) => (isWide ? wholeLine : cutLine)(row.map(padded)));
}

/** The published document. */
export function fleetReport(clusters: readonly OperatorReport[], readAt: string): FleetReport {
  return { apiVersion: 'virtop/v1', kind: 'FleetReport', readAt, clusters: [...clusters] };
}

function cellsOf(row: FleetRow, isWide: boolean): Span[] {
  if (row.state === 'waiting') {
    const empty = [...HEADS.slice(2), ...(isWide ? WIDE_HEADS : [])].map(() => span(''));
    return [span(row.context), span('...', 'faint'), ...empty, span(row.doing, 'faint')];
  }
  const { operator, cluster, verdict } = row.report;
  const { word, tone } =
    row.state === 'noAnswer' ? { word: 'NO-ANSWER', tone: 'bad' as const } : VERDICT_WORDS[verdict];
  const own = [readiness(row.report), operator.namespace, operator.version];
  const cause = why(row.report);
  const wide = isWide ? [cluster.server, cluster.user] : [];
  return [
    span(row.context),
    span(word, tone),
    ...[...own, ...wide].map((value) => span(value ?? UNKNOWN)),
    ...(cause === '' ? [] : [span(cause)]),
  ];
}

function readiness({ operator: { ready, desired } }: OperatorReport): string {
  return ready === null ? UNKNOWN : `${ready}/${desired ?? '?'}`;
}

/** The first cause; where nothing is wrong with the operator itself, what makes the exit code other than 0. */
function why(report: OperatorReport): string {
  const { causes, alerts, notChecked, verdict, cluster } = report;
  const [cause] = causes;
  if (cause) {
    const title = cause.title.replace(` (context ${cluster.context})`, '');
    return causes.length > 1 ? `${causes.length} causes: ${title}` : title;
  }
  const [unread] = notChecked;
  if (verdict === 'incomplete' && unread) return `not checked: ${unread.what} (${unread.why})`;
  const firing = alerts.filter(({ state }) => state === 'firing');
  return firing.map((alert) => `${alert.name} ${alertState(alert, report)}`).join('; ');
}

function short({ text, tone }: Span, column: number, { length }: readonly Span[]): Span {
  return span(text.length > MOST_CELL && column < length - 1 ? `${text.slice(0, MOST_CELL)}…` : text, tone);
}
