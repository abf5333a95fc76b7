import type { EvidenceItem, Finding } from '../model/finding.ts';
import { type Line, type Span, span } from '../model/line.ts';
import { entry } from './entry.ts';

/** So much of the beginning and of the end of one piece of evidence is shown: what matters most often stands last. `describe` shows all of it. */
const HEAD = 120;
const TAIL = 90;

type Said = readonly (readonly [text: string, items: EvidenceItem[]])[];

/** So many pieces are shown in all: of each further cause the first that was not shown yet, of the first cause what room is left for. */
const MOST = 3;

/** Why the causes are believed, in brief. `describe` shows all of it. */
export function evidenceLines([first, ...others]: readonly Finding[]): Line[] {
  if (!first) return [];
  const shown = saidOf(first).slice(0, Math.max(1, MOST - others.length));
  return [
    ...fullLines(first, shown),
    ...others.map((other, index) => briefLine(other, index < MOST - 1 ? freshIn(other, shown) : undefined)),
  ];
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

function freshIn(cause: Finding, shown: Said): Said[number] | undefined {
  return saidOf(cause).find(([text]) => !shown.some(([known]) => known === text));
}

function briefLine(cause: Finding, piece: Said[number] | undefined): Line {
  return entry('EVIDENCE', [span(heading(cause)), ...(piece ? [span(': '), ...pieceSpans(piece)] : [])]);
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
