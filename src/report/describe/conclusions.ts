import type { Finding, Mitigation } from '../../model/finding.ts';
import { type Line, line, wholeLine } from '../../model/line.ts';
import type { OperatorReport } from '../../model/report.ts';
import { paragraphs } from '../entry.ts';
import { mends, repairCommand, stepLines } from '../remedy.ts';
import { alertName, alertState } from '../section.ts';
import type { View } from '../view.ts';
import { below, fields, heading, timeAndAge } from './field.ts';
import { impactBlock } from './impact.ts';
import { isWanted, type Subject } from './subject.ts';

/** Causes, findings, impact and alerts; with a subject only the causes and findings about it. */
export function conclusions({ report }: View, subject: Subject | null): Line[] {
  const causes = report.causes.filter((one) => concerns(one, subject));
  const about = report.findings.filter((one) => concerns(one, subject));
  const next = about.filter((one) => one.next);
  const findings = about.filter((one) => !one.next);
  const all = subject === null;
  const { readAt } = report;
  return paragraphs(
    causes.length > 0 ? [heading('Causes'), ...causes.flatMap((one) => findingBlock(one, readAt))] : [],
    causes.length === 0 && all ? fields([['Causes', '<none>']]) : [],
    next.length > 0
      ? [heading('Then (would stop the pods next)'), ...next.flatMap((one) => findingBlock(one, readAt))]
      : [],
    findings.length > 0 ? [heading('Findings'), ...findings.flatMap((one) => findingBlock(one, readAt))] : [],
    all ? impactBlock(report) : [],
    all ? alertBlock(report) : [],
  );
}

function concerns(finding: Finding, subject: Subject | null): boolean {
  if (subject !== null && 'code' in subject) return finding.code === subject.code;
  return isWanted(subject, finding.object.kind, finding.object.name);
}

function findingBlock(finding: Finding, readAt: string): Line[] {
  const { code, title, object, since, mitigation, consequences } = finding;
  return [
    line(`  ${code}`),
    ...fields(
      [
        ['Title', title],
        ['Object', `${object.kind.toLowerCase()}/${object.name}${object.namespace ? ` in ${object.namespace}` : ''}`],
        ['Severity', `${finding.severity}, ${finding.confidence}`],
        ['Since', timeAndAge(since, readAt)],
        ...(consequences.length > 0 ? [['Leads To', consequences.join(', ')] as const] : []),
      ],
      2,
    ),
    heading('Evidence', 2),
    ...finding.evidence.map((item) => below(`${item.text} (${item.source})`, 3)),
    ...(mitigation ? remedyLines(mitigation) : []),
  ];
}

function remedyLines(mitigation: Mitigation): Line[] {
  if (mitigation.steps) return [heading('Steps', 2), ...stepLines(mitigation.steps, 6)];
  const commands = commandsOf(mitigation).map((one) => wholeLine(`      ${one}`));
  return [heading(mends(mitigation) ? 'Fix' : 'Next', 2), ...commands];
}

/** The repair that this program makes comes first, then the same by hand. */
function commandsOf(mitigation: Mitigation): string[] {
  return [repairCommand(mitigation) ?? [], mitigation.command.split('\n')].flat();
}

function alertBlock(report: OperatorReport): Line[] {
  const { alerts, readAt } = report;
  if (alerts.length === 0) return [];
  return [
    heading('Alerts'),
    ...alerts.map((alert) => below(`${alertName(alert, readAt)} ${alertState(alert, report)}`)),
  ];
}
