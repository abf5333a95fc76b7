import { blank, type Line, line, span } from '../../model/line.ts';
import { isPage } from '../../report/format.ts';
import { pages } from '../../report/renderers.ts';
import type { Io } from '../../terminal/io.ts';
import { openLiveScreen } from '../../terminal/live-screen.ts';
import type { Options } from '../flags/parse-options.ts';
import type { Seen } from './watch-status.ts';

/** Shows in place what is seen, and why it is not newer. */
export function openScreen({ output, color }: Options, io: Io): { show(seen: Seen): void; close(): void } {
  const screen = openLiveScreen(io, color);
  screen.draw([line([span('Reading the cluster; Ctrl-C ends it', 'faint')])]);
  const show = (seen: Seen) => {
    const { look } = seen;
    const page = look && isPage(output) ? pages[output](look) : null;
    screen.draw([...headLines(seen), ...(page?.kind === 'lines' ? [blank, ...page.lines] : [])]);
  };
  return { show, close: screen.close };
}

function headLines({ look, trouble }: Seen): Line[] {
  if (!trouble) return [line([span(`As of ${look?.report.readAt ?? ''}; Ctrl-C ends it`, 'faint')])];
  const { error, since } = trouble;
  const old = look ? `; what follows is as of ${look.report.readAt}` : '';
  return [line([span('NO ANSWER', 'bad'), span(` since ${since}, trying again: ${error.message}${old}`)], 10)];
}
