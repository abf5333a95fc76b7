import type { Line } from '../../model/line.ts';
import { rightText } from '../../objects/meta/right.ts';
import { unreadByWeight } from '../unread.ts';
import type { View } from '../view.ts';
import { below, fields, heading } from './field.ts';

/** What could not be read, why, and which right is missing. */
export function unreadSection({ report }: View): Line[] {
  if (report.notChecked.length === 0) return fields([['Not Checked', '<none>']]);
  return [
    heading('Not Checked'),
    ...unreadByWeight(report).map(({ what, why, needs }) =>
      below(`${what}: ${why}${needs ? `; needs the right to ${rightText(needs)}` : ''}`),
    ),
  ];
}
