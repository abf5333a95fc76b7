import type { Line } from '../model/line.ts';
import { causeLines, MOST_CAUSES } from './cause.ts';
import { commandEntry, paragraphs } from './entry.ts';
import { evidenceLines } from './evidence.ts';
import { headline } from './headline.ts';
import { alertLines, alsoLines, impactLines, thenLines, unreadLines, whereLine } from './section.ts';
import type { Page, View } from './view.ts';

/** One screen: what, why, what now; then why that is believed, and what else there is to know. */
export const text: Page = (view) => ({ kind: 'lines', lines: statusLines(view) });

/** The lines of `status -o text`. */
export function statusLines(view: View): Line[] {
  const { report } = view;
  return paragraphs(
    [headline(report), ...causeLines(view), ...thenLines(report)],
    evidenceLines(report.causes.slice(0, MOST_CAUSES)),
    [...impactLines(report), ...alertLines(view), ...alsoLines(report, 3), ...unreadLines(report, 3)],
    [whereLine(report), ...moreLines(view)],
  );
}

function moreLines({ report }: View): Line[] {
  const isOpen = report.verdict === 'incomplete' || report.causes.some((cause) => cause.mitigation);
  return isOpen ? [commandEntry('MORE', 'kubectl virtop describe')] : [];
}
