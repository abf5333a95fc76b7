import type { Evidence, FoundBy } from '../model/evidence.ts';
import type { Finding } from '../model/finding.ts';
import { type Line, span } from '../model/line.ts';
import type { Alert, OperatorReport } from '../model/report.ts';
import { lasting } from '../objects/meta/human-duration.ts';
import { rightText } from '../objects/meta/right.ts';
import { commandEntry, entries, entry } from './entry.ts';
import { certificateText, componentTrouble } from './impact.ts';
import { isOfImpact, unreadByWeight } from './unread.ts';
import type { View } from './view.ts';

/** How the namespace was found, in words. */
export const FOUND_BY: Record<FoundBy, string> = {
  flag: 'given by -n',
  deployment: 'found by its Deployment',
  kubevirt: 'found by the KubeVirt resource',
  webhook: 'found by its webhook',
  'namespace-label': 'found by its label',
  'well-known': 'a well-known name',
};

/** What the outage does to others; of parts of KubeVirt that work nothing is said. */
export function impactLines({ impact, verdict, readAt }: OperatorReport): Line[] {
  const troubles = impact.components.map(componentTrouble);
  const { summary, stalled } = impact;
  const texts =
    verdict === 'down' || verdict === 'degraded'
      ? [summary, ...troubles, certificateText(impact, readAt), stalled.length > 0 && `stalled: ${stalled.join(', ')}`]
      : troubles;
  return entries(
    'IMPACT',
    texts.flatMap((text) => (text ? [[span(text)]] : [])),
  );
}

/** Alerts that should fire now or soon, those of one state together; or why none can. */
export function alertLines({ report, evidence }: View): Line[] {
  const { alerts, verdict, readAt } = report;
  if (verdict === 'notInstalled') return [];
  const loud = alerts.filter((alert) => alert.state === 'firing' || alert.state === 'pending');
  if (loud.length === 0 && verdict !== 'healthy' && isEmpty(evidence.reads.prometheusRules)) {
    return [
      entry('ALERT', 'none can fire: PrometheusRule prometheus-kubevirt-rules, which holds them, does not exist'),
    ];
  }
  const groups = [...Map.groupBy(loud, ({ state, falsePositive }) => `${state} ${falsePositive}`).values()];
  return entries(
    'ALERT',
    groups.map((some) => [span(groupText(some, report, some.map((alert) => alertName(alert, readAt)).join(', ')))]),
  );
}

function isEmpty(rules: Evidence['reads']['prometheusRules']): boolean {
  return rules.status === 'read' && rules.value.length === 0;
}

function groupText(some: readonly Alert[], report: OperatorReport, names: string): string {
  const [first] = some;
  if (!first?.falsePositive) return `${first ? ALERT_STATES[first.state] : ''}: ${names}`;
  const [is, it] = some.length === 1 ? ['alert is', 'it'] : ['alerts are', 'they'];
  return `the ${is} false: ${names}; ${it} ${ALERT_STATES[first.state]}, because ${falseBecause(report)}`;
}

/** The causes of false alerts, whose titles say why. */
const DECEIVERS = ['alert-ksm-down', 'alert-scrape-broken'];

function falseBecause({ findings }: OperatorReport): string {
  const titles = findings.filter(({ code }) => DECEIVERS.includes(code)).map(({ title }) => title);
  return titles.length > 0 ? titles.join(', and ') : 'Prometheus does not see what there is';
}

const ALERT_STATES: Record<Alert['state'], string> = {
  firing: 'should be firing',
  pending: 'will fire if this lasts',
  inactive: 'should be silent',
  unknown: 'may or may not be firing',
};

/** What an alert does or should do, in a few words. */
export function alertState({ state, falsePositive }: Alert, report: OperatorReport): string {
  return falsePositive ? `${ALERT_STATES[state]}, and is false, because ${falseBecause(report)}` : ALERT_STATES[state];
}

/** An alert's name, and for how long its condition has been true. */
export function alertName({ name, since }: Alert, readAt: string): string {
  return since ? `${name} (true ${lasting(readAt, since)})` : name;
}

/** What would stop the pods once the causes are mended, and what mends that: to be done in one go. */
export function thenLines({ causes, findings }: OperatorReport): Line[] {
  const next = findings.filter((one) => one.next);
  // By hand a pod is deleted without a question, also where no other can take its place.
  const isUrgent = causes.some(({ mitigation }) => / delete pod (?!.*--force)/.test(mitigation?.command ?? ''));
  const words = isUrgent
    ? 'fix this first, it would stop the pods that are to come'
    : 'fix this too, it would stop the pods next';
  const left = next.length - MOST_NEXT;
  return [
    ...next.slice(0, MOST_NEXT).flatMap((one, index) => thenLine(one, index === 0 ? `${words}: ` : '')),
    ...(left > 0 ? [entry('', [span(`and ${left} more, see describe`, 'faint')])] : []),
  ];
}

/** So much of what comes next is shown. */
const MOST_NEXT = 3;

function thenLine({ title, code, confidence, mitigation }: Finding, words: string): Line[] {
  const remark = confidence === 'certain' ? '' : `, ${confidence}`;
  return [
    entry('THEN', [span(`${words}${title} `), span(`(${code}${remark})`, 'faint')]),
    ...(mitigation ? mitigation.command.split('\n').map((command) => commandEntry('', command)) : []),
  ];
}

/** Things that are wrong and are not the cause. */
export function alsoLines({ findings, readAt }: OperatorReport, most?: number): Line[] {
  const others = findings.filter((one) => !one.next);
  const texts = others.map((finding) => {
    const since = finding.since ? `, ${lasting(readAt, finding.since)}` : '';
    return [span(`${finding.title}${since} `), span(`(${finding.code})`, 'faint')];
  });
  return entries('ALSO', texts, most);
}

/** What could not be read, and the right that is missing; rights that only tell more of the impact are left to `describe`. */
export function unreadLines(report: OperatorReport, most?: number): Line[] {
  const weighty = unreadByWeight(report).filter((one) => !isOfImpact(one));
  const texts = weighty.map(({ what, why, needs }) => [
    span(`${what}: ${needs ? `no right to ${rightText(needs)}` : why}`),
  ]);
  return entries('NOT READ', texts, most);
}

/** Which operator, in which cluster. */
export function whereLine({ operator, cluster, readAt }: OperatorReport): Line {
  const found = operator.foundBy ? ` (${FOUND_BY[operator.foundBy]})` : '';
  const parts = [
    operator.namespace ? `namespace ${operator.namespace}${found}` : 'no namespace of virt-operator found',
    cluster.context ? `context ${cluster.context}` : (cluster.server ?? `saved objects as of ${readAt}`),
    operator.version ? `KubeVirt ${operator.version}` : null,
    cluster.version ? `Kubernetes ${cluster.version}` : null,
  ];
  return entry('WHERE', parts.filter((part) => part !== null).join(', '));
}
