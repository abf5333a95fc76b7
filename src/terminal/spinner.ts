import { escapeText } from './escape.ts';
import type { Io } from './io.ts';
import { columns } from './io.ts';
import { isUtf8 } from './locale.ts';

/** Shows what is going on while it goes on. */
export interface Progress {
  show(text: string): void;
  stop(): void;
}

const nothing = () => undefined;
const silent: Progress = { show: nothing, stop: nothing };

/** A spinner on stderr when that is a terminal; nothing otherwise. It leaves no trace when it stops. */
export async function startSpinner(io: Io, quiet: boolean): Promise<Progress> {
  if (quiet || !io.stderr.isTTY || io.env.TERM === 'dumb') return silent;
  const { default: ora } = await import('ora');
  const spinner = ora({
    stream: io.stderr,
    isEnabled: true,
    discardStdin: false,
    spinner: isUtf8(io) ? 'dots' : 'line',
  }).start();
  const room = columns(io.stderr, io.env) - 4;
  return {
    show: (text) => {
      spinner.text = escapeText(text).slice(0, room);
    },
    stop: () => {
      spinner.stop();
    },
  };
}
