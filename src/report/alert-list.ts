import type { AlertItem, AlertList } from '../model/alert-list.ts';
import { blank, type Line, line, type Output } from '../model/line.ts';
import { age } from '../objects/meta/human-duration.ts';
import { tableWithNotes } from './table.ts';

/** The page of `alerts`, `-o wide` or not. */
export function alertPage(alerts: AlertList, isWide: boolean): Output {
  return { kind: 'lines', lines: alertLines(alerts, isWide) };
}

const DECIDED_BY: Record<AlertList['decidedBy'], (alerts: AlertList) => string> = {
  PrometheusRule: ({ operator }) =>
    `Decided by PrometheusRule prometheus-kubevirt-rules in namespace ${operator.namespace} and the objects that its expressions are about.`,
  version: ({ operator }) =>
    `Decided by the expressions of KubeVirt ${operator.version} and the objects that they are about, for no PrometheusRule was read here.`,
  allVersions: () =>
    'Decided by what the expressions of all versions of KubeVirt have in common: neither the PrometheusRule nor the version could be read.',
  none: () => 'No rule with these alerts exists in this cluster.',
};

function alertLines(alerts: AlertList, isWide: boolean): Line[] {
  const heads = ['NAME', 'STATE', 'SINCE', 'SEVERITY', ...(isWide ? ['FOR'] : [])];
  const rows = alerts.items.map((item) => ({
    cells: [
      item.name,
      stateText(item),
      sinceText(item, alerts.readAt),
      item.severity || '<none>',
      ...(isWide ? [`${item.forMinutes}m`] : []),
    ],
    note: isWide ? `${item.why}. Asks: ${item.expression ?? '<not known>'}` : item.why,
  }));
  return [...tableWithNotes(heads, rows), blank, line(DECIDED_BY[alerts.decidedBy](alerts)), ...SAYS];
}

/** Prometheus itself is not asked. */
const SAYS = [line('STATE is what Prometheus should show, told from objects; Prometheus itself was not asked.')];

function stateText({ state, falsePositive, falseSilence }: AlertItem): string {
  if (falsePositive) return `${state} (false)`;
  return falseSilence ? `${state} (falsely)` : state;
}

function sinceText({ state, since }: AlertItem, readAt: string): string {
  if (since !== null) return age(readAt, since);
  return state === 'firing' || state === 'pending' ? '<unknown>' : '-';
}
