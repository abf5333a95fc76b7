import type { Finding } from '../model/finding.ts';
import type { Output } from '../model/line.ts';
import type { Alert, NotChecked, OperatorReport } from '../model/report.ts';
import { UNSAFE } from '../model/unsafe.ts';
import { verdictText } from './headline.ts';
import { alertState } from './section.ts';

/** What became of a check; `passed` has nothing to say. */
interface Check {
  group: 'verdict' | 'cause' | 'finding' | 'alert' | 'read';
  name: string;
  result: 'passed' | 'failure' | 'error' | 'skipped';
  message: string;
  details: readonly string[];
}

/** One test case for each check, for a pipeline: the verdict, causes, findings, alerts, and what was not read. */
export function junit(report: OperatorReport): Output {
  const checks = checksOf(report);
  const count = (result: Check['result']) => checks.filter((check) => check.result === result).length;
  const counts = {
    tests: checks.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
  const { tests, failures, errors } = counts;
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'kubectl-virtop', tests, failures, errors })}>`,
    `  <testsuite${attributes({ name: 'virt-operator', ...counts, time: 0, timestamp: report.readAt })}>`,
    ...propertyLines(report),
    ...checks.flatMap(caseLines),
    '  </testsuite>',
    '</testsuites>',
  ];
  return { kind: 'document', text: `${lines.join('\n')}\n` };
}

function propertyLines({ verdict, operator, cluster }: OperatorReport): string[] {
  const known = {
    verdict,
    namespace: operator.namespace,
    kubevirt: operator.version,
    kubernetes: cluster.version,
    context: cluster.context,
    server: cluster.server,
  };
  const lines = Object.entries(known).flatMap(([name, value]) =>
    value === null ? [] : [`      <property${attributes({ name, value })}/>`],
  );
  return ['    <properties>', ...lines, '    </properties>'];
}

function checksOf(report: OperatorReport): Check[] {
  return [
    verdictCheck(report),
    ...report.causes.map((one) => findingCheck('cause', one)),
    ...report.findings.map((one) => findingCheck('finding', one)),
    ...report.alerts.map((one) => alertCheck(one, report)),
    ...report.notChecked.map((one) => unreadCheck(one, report)),
  ];
}

function verdictCheck(report: OperatorReport): Check {
  const { word, sentence } = verdictText(report);
  const result = RESULTS[report.verdict];
  const details = report.unexplained ? [`cause not known: ${report.unexplained}`] : [];
  return { group: 'verdict', name: 'virt-operator works', result, message: `${word}: ${sentence}`, details };
}

const RESULTS: Record<OperatorReport['verdict'], Check['result']> = {
  healthy: 'passed',
  degraded: 'failure',
  down: 'failure',
  incomplete: 'error',
  notInstalled: 'error',
};

/** Something worth knowing that is not wrong fails no pipeline. */
function findingCheck(
  group: 'cause' | 'finding',
  { code, severity, title, object, evidence, mitigation }: Finding,
): Check {
  const details = [
    title,
    ...evidence.map(({ text, source }) => `${text} (${source})`),
    ...(mitigation ? mitigation.command.split('\n') : []),
  ];
  const result = severity === 'info' ? 'passed' : 'failure';
  return { group, name: `${code} ${object.kind}/${object.name}`, result, message: title, details };
}

function alertCheck(alert: Alert, report: OperatorReport): Check {
  const results = { firing: 'failure', pending: 'passed', inactive: 'passed', unknown: 'skipped' } as const;
  const message = `${alert.name} ${alertState(alert, report)}`;
  return { group: 'alert', name: alert.name, result: results[alert.state], message, details: [] };
}

function unreadCheck({ what, why }: NotChecked, { verdict }: OperatorReport): Check {
  const result = verdict === 'incomplete' ? 'error' : 'skipped';
  return { group: 'read', name: what, result, message: why, details: [] };
}

function caseLines({ group, name, result, message, details }: Check): string[] {
  const open = `    <testcase${attributes({ classname: `virt-operator.${group}`, name, time: 0 })}`;
  if (result === 'passed' && details.length === 0) return [`${open}/>`];
  const text = details.map(xml).join('\n');
  if (result === 'passed') return [`${open}>`, `      <system-out>${text}</system-out>`, '    </testcase>'];
  const said = attributes(result === 'skipped' ? { message } : { message, type: name });
  const body = text === '' ? `${said}/>` : `${said}>${text}</${result}>`;
  return [`${open}>`, `      <${result}${body}`, '    </testcase>'];
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(`${value}`).replace(/\s+/g, ' ')}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const NO_CHARACTER = /[\uFFFE\uFFFF]/g;

/** Escaped, without what XML 1.0 forbids or what a reader would not see. */
function xml(text: string): string {
  return text
    .replace(UNSAFE, (character) => (/[\n\t]/.test(character) ? character : ''))
    .replace(NO_CHARACTER, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
