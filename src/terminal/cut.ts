import type { Span } from '../model/line.ts';
import { width } from './wrap.ts';

/** As much of a row as fits into so many columns, with a mark at its end where something is missing. */
export function cut(spans: readonly Span[], columns: number, mark: string): Span[] {
  const room = spans.reduce((left, span) => left - width(span.text), columns);
  if (room >= 0) return [...spans];
  let left = columns - width(mark);
  const kept: Span[] = [];
  for (const { text, tone } of spans) {
    const fits = beginning(text, left);
    kept.push({ text: fits, tone });
    left -= width(fits);
    if (fits !== text) break;
  }
  return [...kept, { text: mark, tone: 'plain' }];
}

function beginning(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (width(kept + segment) > columns) break;
    kept += segment;
  }
  return kept;
}
