import type { Line } from '../model/line.ts';
import type { ColorMode } from './color.ts';
import { columns, type Io } from './io.ts';
import { textFor } from './print.ts';
import { width } from './wrap.ts';

/** Often enough to look alive. */
const REDRAW_MS = 100;

/** Lines on a terminal that change where they stand. */
export interface LiveLines {
  /** What is to be seen from now on, which is made when it is drawn. */
  show(make: () => readonly Line[]): void;
  /** Takes them away. */
  stop(): void;
}

const nothing = () => undefined;

/**
 * Lines on stderr when that is a terminal; nothing otherwise. The cursor always waits below them, so that whatever ends the program
 * leaves them on the screen. More than the screen is high would scroll away: then the last ones are not shown.
 */
export function startLive(io: Io, quiet: boolean, mode: ColorMode): LiveLines {
  const { stderr, env } = io;
  if (quiet || !stderr.isTTY || env.TERM === 'dumb') return { show: nothing, stop: nothing };
  let drawn = '';
  let make: () => readonly Line[] = () => [];
  const clear = () => (drawn === '' ? '' : `\u001b[${rowsOf(drawn, columns(stderr, env))}A\r\u001b[J`);
  const draw = () => {
    const wanted = textFor(make().slice(0, (stderr.rows || Number.POSITIVE_INFINITY) - 1), stderr, io, mode);
    if (wanted !== drawn) stderr.write(`${clear()}${wanted}`);
    drawn = wanted;
  };
  const takeAway = () => {
    stderr.write(clear());
    drawn = '';
  };
  const timer = setInterval(draw, REDRAW_MS);
  const forget = io.ifStopped({ leave: takeAway, enter: draw });
  return {
    show: (next) => {
      make = next;
      if (drawn === '') draw();
    },
    stop: () => {
      clearInterval(timer);
      forget();
      takeAway();
    },
  };
}

/** How many rows of the screen a text takes now: it may have become narrower since. */
function rowsOf(text: string, room: number): number {
  const lines = text.split('\n').slice(0, -1);
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / room)), 0);
}
