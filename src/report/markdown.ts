import type { Finding } from '../model/finding.ts';
import type { Output } from '../model/line.ts';
import type { OperatorReport } from '../model/report.ts';
import { lasting } from '../objects/meta/human-duration.ts';
import { escapeText, oneLine } from './document.ts';
import { entryText } from './entry.ts';
import { verdictText } from './headline.ts';
import { mends } from './remedy.ts';
import { alertName, alertState, alsoLines, impactLines, unreadLines, whereLine } from './section.ts';

/** A page for a ticket. What came from a cluster can neither link nor mention, format or break out. */
export function markdown(report: OperatorReport): Output {
  const { word, sentence } = verdictText(report);
  const blocks = [
    `# virt-operator: ${word}`,
    inline(sentence),
    bullets([entryText(whereLine(report))]),
    ...report.causes.flatMap((cause) => findingBlocks('Cause', cause, report)),
    ...report.findings.filter((one) => one.next).flatMap((one) => findingBlocks('Fix this too', one, report)),
    ...sections(report),
    `Read at ${inline(report.readAt)} by \`kubectl virtop\`.`,
  ];
  return { kind: 'document', text: `${blocks.filter((block) => block !== '').join('\n\n')}\n` };
}

function sections(report: OperatorReport): string[] {
  const all: [title: string, texts: string[]][] = [
    ['Impact', impactLines(report).map(entryText)],
    ['Alerts', alertTexts(report)],
    ['Also seen', alsoLines(report).map(entryText)],
    ['Not read', unreadLines(report).map(entryText)],
  ];
  return [
    ...notKnown(report),
    ...all.flatMap(([title, texts]) => (texts.length > 0 ? [`## ${title}`, bullets(texts)] : [])),
  ];
}

function notKnown({ verdict, causes, unexplained }: OperatorReport): string[] {
  const isOpen = causes.length === 0 && (verdict === 'down' || verdict === 'degraded');
  if (!unexplained && !isOpen) return [];
  const what = unexplained ? `${inline(unexplained)}: see` : 'See';
  return ['## Cause: not known', `${what} \`kubectl virtop describe\`.`];
}

function alertTexts(report: OperatorReport): string[] {
  const loud = report.alerts.filter(({ state }) => state === 'firing' || state === 'pending');
  return loud.map((alert) => `${alertName(alert, report.readAt)} ${alertState(alert, report)}`);
}

function bullets(texts: readonly string[]): string {
  return texts.map((text) => `- ${inline(text)}`).join('\n');
}

function findingBlocks(heading: string, finding: Finding, { readAt }: OperatorReport): string[] {
  const { code, title, severity, confidence, since, evidence, mitigation } = finding;
  const remarks = [severity, confidence, ...(since ? [lasting(readAt, since)] : [])].join(', ');
  return [
    `## ${heading}: ${codeSpan(code)}`,
    `${inline(title)} (${remarks})`,
    evidence.map(({ text, source }) => `- ${inline(text)} (${codeSpan(source)})`).join('\n'),
    ...(mitigation ? [`${mends(mitigation) ? 'Fix' : 'Look at'}:`, codeBlock(mitigation.command)] : []),
  ];
}

/** Longer texts are cut: a ticket holds only so much. */
const MOST = 1000;
/** Words and numbers that no Markdown reader takes for anything else: no link, mention, list, emphasis or HTML. */
const PLAIN = /^(?:[A-Za-z]|\d+(?:\/\d+)?(?= ))(?:[A-Za-z0-9 ,;()'%-]|[:.](?= |$)|(?<=\d)[/.](?=\d))*$/;

/** A text in a line: as it is where it is plain words, else as code, in which nothing means anything. */
function inline(text: string): string {
  const one = oneLine(text).trim();
  const short = one.length > MOST ? `${one.slice(0, MOST)}…` : one;
  return PLAIN.test(short) ? short : codeSpan(short);
}

function codeSpan(text: string): string {
  const one = oneLine(text).trim();
  if (one === '') return '';
  const fence = fenceFor(one, 1);
  const pad = one.startsWith('`') || one.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${one}${pad}${fence}`;
}

function codeBlock(text: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}sh\n${escapeText(text)}\n${fence}`;
}

/** More backticks than the text has in a row, so that it cannot end the code. */
function fenceFor(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(least, ...runs.map((run) => run.length + 1)));
}
