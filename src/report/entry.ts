import { blank, type Line, line, type Span, span, type Tone, wholeLine } from '../model/line.ts';

/** Room for the words at the left edge. */
const LABEL = 10;

/** A labelled line, `CAUSE     the Deployment ...`; more lines of the same entry have an empty label. */
export function entry(label: string, text: string | readonly Span[], tone: Tone = 'strong'): Line {
  const spans = typeof text === 'string' ? [span(text)] : text;
  return line([...labelSpans(label, tone), ...spans], LABEL);
}

/** What an entry says beside its label. */
export function entryText({ spans }: Line): string {
  return spans
    .slice(2)
    .map(({ text }) => text)
    .join('');
}

/** A labelled command, in one piece so that it can be copied. */
export function commandEntry(label: string, command: string): Line {
  return wholeLine([...labelSpans(label, 'strong'), span(command)]);
}

function labelSpans(label: string, tone: Tone): Span[] {
  return [span(label, tone), span(' '.repeat(LABEL - label.length))];
}

/** Entries of one kind: the label stands before the first, at most `most` are shown, and the rest is counted. */
export function entries(label: string, texts: readonly (readonly Span[])[], most = Number.POSITIVE_INFINITY): Line[] {
  const shown = texts.slice(0, most);
  const left = texts.length - shown.length;
  const more = left > 0 ? [[span(`and ${left} more`, 'faint')]] : [];
  return [...shown, ...more].map((text, index) => entry(index === 0 ? label : '', text));
}

/** Groups of lines with an empty line between them; empty groups vanish. */
export function paragraphs(...groups: readonly (readonly Line[])[]): Line[] {
  const full = groups.filter((group) => group.length > 0);
  return full.flatMap((group, index) => (index === 0 ? group : [blank, ...group]));
}
