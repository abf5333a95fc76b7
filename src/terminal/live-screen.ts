import { spawnSync } from 'node:child_process';
import type { Line } from '../model/line.ts';
import { type ColorMode, plain } from './color.ts';
import type { Io } from './io.ts';
import { format, lookOf, print } from './print.ts';
import { width } from './wrap.ts';

/** A page that is drawn again and again in the same place. */
export interface LiveScreen {
  draw(lines: readonly Line[]): void;
  /** Gives the terminal back as it was, with the last page on it. */
  close(): void;
}

/** xterm's control sequences: the second screen, the cursor, and what is erased. */
const OPEN = '\u001b[?1049h\u001b[?25l';
const CLOSE = '\u001b[?1049l\u001b[?25h';
const HOME = '\u001b[H';
const ERASE_ROW = '\u001b[K';
const ERASE_BELOW = '\u001b[J';
const USUAL_ROWS = 24;
/** Standard output, which is the terminal. */
const TERMINAL = 1;

/** Draws on a terminal's second screen, as large as it is at the time. However the program ends, the terminal is given back. */
export function openLiveScreen(io: Io, mode: ColorMode): LiveScreen {
  const { stdout } = io;
  let lines: readonly Line[] = [];
  let isOpen = false;
  const redraw = () => {
    if (!isOpen) return;
    const rows = fitted(lines, io, mode).map((row) => `${row}${ERASE_ROW}`);
    stdout.write(`${HOME}${rows.join('\n')}${ERASE_BELOW}`);
  };
  const open = () => {
    isOpen = true;
    stdout.write(OPEN);
  };
  const enter = () => {
    waitForForeground();
    open();
    redraw();
  };
  const leave = () => {
    isOpen = false;
    stdout.write(CLOSE);
  };
  let isClosed = false;
  const forget = io.ifStopped({ leave, enter });
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    forget();
    stdout.removeListener('resize', redraw);
    if (isOpen) leave();
    print({ kind: 'lines', lines }, stdout, io, mode);
  };
  open();
  stdout.on('resize', redraw);
  io.atEnd(close);
  return {
    draw: (next) => {
      lines = next;
      redraw();
    },
    close,
  };
}

/**
 * A program in the background that sets up the terminal is stopped together with whoever started it, until they are in the foreground
 * (SIGTTOU). stty is one, here with a setting that is on already. Where it fails nothing is lost.
 */
function waitForForeground(): void {
  spawnSync('stty', ['opost'], { stdio: [TERMINAL, 'ignore', 'ignore'] });
}

/** As many rows as the terminal has; the last says how many lines there is no room for. */
function fitted(lines: readonly Line[], io: Io, mode: ColorMode): string[] {
  const look = lookOf(io.stdout, io, mode);
  const room = io.stdout.rows || USUAL_ROWS;
  const across = Math.max(1, io.stdout.columns || look.columns);
  const rows = split(format(lines, look));
  const heights = split(format(lines, { ...look, paint: plain })).map((row) => Math.ceil(width(row) / across) || 1);
  const tops = heights.map((_, index) => heights.slice(0, index + 1).reduce((sum, height) => sum + height, 0));
  if ((tops.at(-1) ?? 0) <= room) return rows;
  const shown = tops.filter((top) => top <= room - 1).length;
  return [...rows.slice(0, shown), `(${rows.length - shown} more)`];
}

function split(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
