import type { EvidenceItem, Finding } from '../model/finding.ts';
import { type Line, type Span, span } from '../model/line.ts';
import { entry } from './entry.ts';

/** So much of the beginning and of the end of one piece of evidence is shown: what matters most often stands last. `describe` shows all of it. */
const HEAD = 120;
const TAIL = 90;

type Said = readonly (readonly [text: string, items: EvidenceItem[]])[];

/** Why the causes are believed: of the first the most, of each other the first piece that was not shown yet. `describe` shows all. */
export function evidenceLines([first, ...others]: readonly Finding[]): Line[] {
  if (!first) return [];
  const shown = saidOf(first).slice(0, others.length > 0 ? 2 : 3);
  return [...fullLines(first, shown), ...others.map((other) => briefLine(other, shown))];
}

/** What several objects say is said once. */
function saidOf({ evidence }: Finding): Said {
  return [...Map.groupBy(evidence, (item) => item.text)];
}

function fullLines(cause: Finding, shown: Said): Line[] {
  const left = saidOf(cause).length - shown.length;
  return [
    entry('EVIDENCE', [span(heading(cause))]),
    ...shown.map((said) => entry('', pieceSpans(said))),
    ...(left > 0 ? [entry('', [span(`and ${left} more`, 'faint')])] : []),
  ];
}

function briefLine(cause: Finding, shown: Said): Line {
  const fresh = saidOf(cause).find(([text]) => !shown.some(([known]) => known === text));
  return entry('EVIDENCE', [span(heading(cause)), ...(fresh ? [span(': '), ...pieceSpans(fresh)] : [])]);
}

function heading({ code, severity, confidence, consequences }: Finding): string {
  const then = consequences.length > 0 ? `; leads to ${consequences.join(', ')}` : '';
  return `${code} (${severity}, ${confidence})${then}`;
}

function pieceSpans([text, items]: Said[number]): Span[] {
  const more = items.length > 1 ? `, and ${items.length - 1} more` : '';
  return [span(`${shorten(text)} `), span(`(${items[0]?.source ?? ''}${more})`, 'faint')];
}

function shorten(text: string): string {
  if (text.length <= HEAD + TAIL) return text;
  const head = text.slice(0, HEAD).replace(/ \S*$/, '');
  const tail = text.slice(-TAIL).replace(/^\S* /, '');
  return `${head} ... ${tail}`;
}
