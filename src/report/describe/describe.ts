import type { Output } from '../../model/line.ts';
import { statusLines } from '../text.ts';
import type { View } from '../view.ts';

/** Everything that was read, or only what concerns `subject`: a cause's code or KIND/NAME. */
export function describeView(view: View, _subject: string | null): Output {
  return { kind: 'lines', lines: statusLines(view) };
}
