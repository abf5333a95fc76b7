import type { Ora } from 'ora';
import { escapeText } from './escape.ts';
import { columns, type Io } from './io.ts';
import { isUtf8 } from './locale.ts';

/** Shows what is going on while it goes on. */
export interface Progress {
  show(text: string): void;
  stop(): void;
}

const nothing = () => undefined;

/**
 * A spinner on stderr when that is a terminal; nothing otherwise. It turns as soon as it is loaded, which nobody waits for,
 * and leaves no trace when it stops.
 */
export function startSpinner(io: Io, quiet: boolean): Progress {
  if (quiet || !io.stderr.isTTY || io.env.TERM === 'dumb') return { show: nothing, stop: nothing };
  const room = columns(io.stderr, io.env) - 4;
  let text = '';
  let spinner: Ora | null = null;
  let stopped = false;
  const forget = io.ifStopped({ leave: () => spinner?.stop(), enter: () => spinner?.start() });
  load(io).then((loaded) => {
    if (stopped) return;
    spinner = loaded.start(text);
  }, nothing);
  return {
    show: (next) => {
      text = escapeText(next).slice(0, room);
      if (spinner) spinner.text = text;
    },
    stop: () => {
      stopped = true;
      forget();
      spinner?.stop();
    },
  };
}

async function load(io: Io): Promise<Ora> {
  const { default: ora } = await import('ora');
  const spinner = isUtf8(io) ? 'dots' : 'line';
  return ora({ stream: io.stderr, isEnabled: true, discardStdin: false, color: false, spinner });
}
