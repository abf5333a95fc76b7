import type { Tone } from '../model/line.ts';
import type { Io, Stream } from './io.ts';

export const COLOR_MODES = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

/** Puts a tone on a text. */
export type Paint = (text: string, tone: Tone) => string;

const SGR: Record<Tone, string> = { plain: '', good: '32', warn: '33', bad: '1;31', strong: '1', faint: '2' };

/**
 * Whether a stream gets colour. The flag decides; under `auto`, NO_COLOR, then CLICOLOR_FORCE,
 * then whether it is a terminal that can show it (TERM, and on Windows WT_SESSION, as kubectl does).
 */
export function isColored(mode: ColorMode, stream: Stream, io: Pick<Io, 'env' | 'platform'>): boolean {
  const { env } = io;
  if (mode !== 'auto') return mode === 'always';
  if (env.NO_COLOR) return false;
  if (env.CLICOLOR_FORCE && env.CLICOLOR_FORCE !== '0') return true;
  if (!stream.isTTY || env.TERM === 'dumb') return false;
  return io.platform !== 'win32' || !!env.WT_SESSION;
}

export const plain: Paint = (text) => text;

/** ANSI colours; a text without a tone is left alone. */
export const ansi: Paint = (text, tone) => (SGR[tone] && text ? `\u001b[${SGR[tone]}m${text}\u001b[0m` : text);
